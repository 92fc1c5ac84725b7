/** Polling in Node by its own HTTP, for what its fetch knows nothing of: agents, certificates, sockets that let go of the
 * process (O-22, O-25 to O-28). */
import { request as plain, type IncomingMessage, type RequestOptions } from "node:http";
import { Agent, request as secure, type AgentOptions } from "node:https";
import { Readable } from "node:stream";
import type { Engine } from "./engine";
import type { TransportOptions } from "./transports";

/** What a connection of Node takes, whatever is sent over it. */
export const CONNECTION = [
  "agent",
  "pfx",
  "key",
  "passphrase",
  "cert",
  "ca",
  "ciphers",
  "rejectUnauthorized",
  "localAddress",
  "family",
  "checkServerIdentity",
];

/** A server that was trusted by the options of one engine is not trusted by another's: each has connections of its own. */
const agents = new WeakMap<Engine, Agent>();

/** As fetch, if one of the options asks for what fetch cannot do. */
export function request(uri: string, init: RequestInit, options: TransportOptions): Promise<Response> | undefined {
  // `agent: false` is the default of the reference.
  const asked = CONNECTION.filter((name) => options[name] != null && (name !== "agent" || options.agent));
  if (!asked.length && !options.autoUnref) return;
  const own: RequestOptions = Object.fromEntries(asked.map((name) => [name, options[name]]));
  if (uri.startsWith("https") && !own.agent) own.agent = agentOf(options.socket, own);
  return follow(new URL(uri), init, own, options.autoUnref);
}

function agentOf(engine: Engine, own: RequestOptions): Agent {
  const agent = agents.get(engine) || new Agent({ ...(own as AgentOptions), keepAlive: true });
  agents.set(engine, agent);
  return agent;
}

/** A GET follows redirects within the origin (F012). */
async function follow(uri: URL, init: RequestInit, own: RequestOptions, isUnref: boolean): Promise<Response> {
  let at = uri;
  for (let left = MAX_REDIRECTS; ; left--) {
    const response = await answer(at, init, own, isUnref);
    const { status, headers, body } = response;
    const to = init.method === "GET" && REDIRECTS.includes(status) && headers.get("location");
    if (!to || !left) return response;
    at = new URL(to, at);
    if (at.origin !== uri.origin) return response;
    await body?.cancel();
  }
}

function answer(uri: URL, init: RequestInit, own: RequestOptions, isUnref: boolean): Promise<Response> {
  const { method, body } = init;
  const options = { ...own, method: method!, headers: init.headers as Record<string, string>, signal: init.signal! };
  return new Promise((resolve, reject) => {
    const asked = (uri.protocol === "https:" ? secure : plain)(uri, options);
    asked.on("error", reject);
    asked.on("socket", (socket) => isUnref && socket.unref());
    asked.on("response", (message) => {
      try {
        resolve(responseOf(message));
      } catch (error) {
        message.destroy();
        reject(error);
      }
    });
    asked.end(body as string | undefined);
  });
}

function responseOf(message: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values!) headers.append(name, value);
  }
  const { statusCode: status, statusMessage: statusText } = message;
  return new Response(Readable.toWeb(message) as ReadableStream, { status, statusText, headers });
}

const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
