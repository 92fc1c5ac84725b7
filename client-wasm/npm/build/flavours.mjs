// The virtual module `sockeye:core`: `(imports) => exports`, in three flavours.
import { DECODER, textOf } from "./text.mjs";

/** What esbuild resolves `sockeye:core` to. `machine` is the module as shipped, `script` the same as JavaScript. */
export function flavour(name, { machine, script }) {
  const contents = { inline: () => inline(machine), external: () => EXTERNAL, js: () => factory(script) }[name]();
  return {
    name: "sockeye:core",
    setup(build) {
      build.onResolve({ filter: /^sockeye:core$/ }, () => ({ path: name, namespace: "core" }));
      build.onLoad({ filter: /.*/, namespace: "core" }, () => ({ contents, loader: "js" }));
    },
  };
}

/** In the file itself, made at first use and once: nothing to fetch, nothing to wait for, nothing to configure. */
function inline(machine) {
  return `
let module;
export default (imports) => new WebAssembly.Instance((module ||= compiled()), imports).exports;

function compiled() {
  const text = ${JSON.stringify(textOf(machine))}, bytes = [];
  ${DECODER}
  try {
    return new WebAssembly.Module(new Uint8Array(bytes));
  } catch (error) {
    throw new Error(${JSON.stringify(REFUSED)} + error);
  }
}`;
}

/** A file of its own, which the application asks for before it says \`io\`. */
const EXTERNAL = `
let module;
export default (imports) => {
  if (!module) throw new Error("sockeye-client/external: await init() before io()");
  return new WebAssembly.Instance(module, imports).exports;
};

export async function init(source = new URL("./core.wasm", import.meta.url)) {
  const given = await source;
  if (given instanceof WebAssembly.Module) module = given;
  else if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) module = await WebAssembly.compile(given);
  else {
    const response = given instanceof Response ? given : await fetch(given);
    if (!response.ok) throw new Error("sockeye-client/external: " + response.url + " answered " + response.status);
    module = await WebAssembly.compile(await response.arrayBuffer());
  }
}`;

/** No WebAssembly at all. Of what binaryen writes, the function that makes an instance is kept. */
function factory(script) {
  const body = /^import \* as h from 'h';([\s\S]*)\nvar retasmFunc = asmFunc\(\{/.exec(script)?.[1];
  if (!body) throw new Error("wasm2js writes its module in a form that build/flavours.mjs does not know");
  const wide = [...body.matchAll(/^ *"([\w$]+)": legalstub/gm)].map(([, name]) => name);
  // They take a BigInt in WebAssembly and two halves in JavaScript: one host cannot serve both.
  if (wide.length > 0) throw new Error(`these exports have 64-bit integers, which sockeye-client/js cannot: ${wide}`);
  // Words that JavaScript reserves get another name, which they need not have.
  return `${body.replaceAll(/^( *"\w+)_": \$/gm, '$1": $$')}\nexport default asmFunc;`;
}

const REFUSED =
  "sockeye-client: WebAssembly is refused. If it is for a Content-Security-Policy without 'wasm-unsafe-eval', import " +
  '"sockeye-client/js". ';
