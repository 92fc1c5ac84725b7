import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as all from "CLIENT";

/** */
const NAMES =
  "default io connect Manager Socket protocol Fetch XHR NodeXHR WebSocket NodeWebSocket WebTransport".split(" ");

const socket = all.io(process.argv[2]);
await new Promise((resolve) => socket.on("connect", resolve));
const { engine } = socket.io;

const missing = [
  ...absent("events.d.ts", "Emitter", socket),
  ...absent("socket.d.ts", "Socket", socket),
  ...absent("manager.d.ts", "Manager", socket.io),
  ...absent("engine.d.ts", "Socket", engine),
  ...absent("engine.d.ts", "Transport", engine.transport),
  ...NAMES.filter((name) => !(name in all)),
];
socket.disconnect();
if (missing.length > 0) throw new Error(`declared, but not there: ${missing.join(", ")}`);
console.log("ok");

/** The public members of a declared class that an object does not have. */
function absent(file, name, object) {
  const [, body] = new RegExp(`class ${name}\\b[^;]*? \\{\\n([\\s\\S]*?)\\n\\}`).exec(types(file));
  const members = [...body.matchAll(/^  (?:readonly |get |abstract get )?(\w+)[<(:?]/gm)].map(([, member]) => member);
  const found = [...new Set(members)].filter((member) => member !== "constructor");
  if (found.length < 3) throw new Error(`${name} in ${file} is read wrongly: ${found}`);
  return found.filter((member) => !(member in object)).map((member) => `${name}.${member}`);
}

function types(file) {
  const manifest = createRequire(import.meta.url).resolve("CLIENT/package.json");
  return readFileSync(new URL(`dist/types/${file}`, `file://${manifest}`), "utf8");
}
