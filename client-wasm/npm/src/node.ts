/** For Node: `ws`, cookies, certificates and agents, timers and sockets that let go of the process (O-19, O-22 to O-28). */
import { WebSocket as NodeWebSocket } from "ws";
import type { Engine } from "./engine";
import { CONNECTION, request } from "./node-http";
import { platform } from "./platform";
import { MAX_BODY } from "./transports";

/** One jar for each engine, as in the reference: name and value, until they expire. */
const jars = new WeakMap<Engine, Map<string, string>>();

platform.$webSocket = (uri, options) => {
  const { extraHeaders, protocols } = options;
  const headers = { ...platform.$headers(options.socket), ...extraHeaders };
  // A page's WebSocket has no limit to set; this one's own is 100 MiB (F044).
  const more: Record<string, unknown> = { headers, maxPayload: MAX_BODY };
  for (const name of [...CONNECTION, ...OPTIONS]) if (options[name] !== undefined) more[name] = options[name];
  return new NodeWebSocket(uri, protocols, more) as unknown as WebSocket;
};

/** What the constructor of `ws` takes besides (O-23, O-28). */
const OPTIONS = ["perMessageDeflate", "protocolVersion", "origin", "maxPayload"];

const { $fetch } = platform;
platform.$fetch = (uri, init, options) => request(uri, init, options) || $fetch(uri, init, options);

// What is thrown is an uncaught exception here, in the reference, too.
platform.$soon = queueMicrotask;

// A buffer of Node is what its users expect.
platform.$binaryType = "nodebuffer";
platform.$buffer = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

platform.$headers = (engine) => {
  const jar = jars.get(engine);
  return jar?.size ? { cookie: Array.from(jar, ([name, value]) => `${name}=${value}`).join("; ") } : undefined;
};

platform.$answered = (engine, response) => {
  if (!engine.opts.withCredentials) return;
  const jar = jars.get(engine) || new Map<string, string>();
  jars.set(engine, jar);
  for (const line of response.headers.getSetCookie()) {
    const [, name, value, rest] = /^\s*([^=;]+)=([^;]*)(.*)$/.exec(line) || [];
    const age = /;\s*max-age=(-?\d+)/i.exec(rest);
    const expires = /;\s*expires=([^;]+)/i.exec(rest);
    const isOver = age ? +age[1] <= 0 : expires && Date.parse(expires[1]) <= Date.now();
    if (!name) continue;
    if (isOver) jar.delete(name);
    else jar.set(name, value);
  }
};

platform.$unref = (it: any) => {
  (it.unref ? it : it._socket)?.unref?.();
};

export * from "./index";
export { default } from "./index";
