// The command line, and what it means to a socket.io server.

import { parseArgs } from "node:util";
import { ADAPTERS } from "./nodes.mjs";
import { KNOWS_WEBTRANSPORT, RECOVERS, VERSIONS } from "./versions.mjs";

/** A mistake of the caller: told in one sentence, without a stack. */
export class UsageError extends Error {}

const FLAGS = {
  version: { type: "string", default: "4.8.4" },
  port: { type: "string", default: "0" },
  path: { type: "string" },
  transports: { type: "string" },
  "cors-origin": { type: "string", multiple: true },
  "cors-credentials": { type: "boolean" },
  cookie: { type: "string" },
  recovery: { type: "boolean" },
  "recovery-ms": { type: "string" },
  "ping-interval": { type: "string" },
  "ping-timeout": { type: "string" },
  "connect-timeout": { type: "string" },
  "upgrade-timeout": { type: "string" },
  "max-payload": { type: "string" },
  "no-upgrades": { type: "boolean" },
  webtransport: { type: "boolean" },
  "admin-token": { type: "string" },
  redis: { type: "string" },
  adapter: { type: "string" },
  help: { type: "boolean" },
};

export const USAGE = `node server.mjs [options]

  --version ${VERSIONS.join("|")}   which socket.io (4.8.4)
  --port N                  0 takes a free port (0)
  --path P                  path of the engine (/socket.io)
  --transports LIST         polling,websocket
  --webtransport            take sessions of WebTransport from who ends HTTP/3 before this server (4.8.4 only)
  --cors-origin ORIGIN      may be given several times; * for all
  --cors-credentials        allow cookies from those origins
  --cookie NAME             set an affinity cookie on the handshake
  --recovery                connection state recovery (4.8.4 only)
  --recovery-ms N           how long a session can be recovered (120000)
  --ping-interval MS        --ping-timeout MS
  --connect-timeout MS      --upgrade-timeout MS
  --max-payload BYTES       the server's maxHttpBufferSize
  --no-upgrades             keep polling polling
  --admin-token TOKEN       what /admin asks for as auth.token; without it, nothing
  --redis URL               act as one with others that are given the same Redis (4.8.4 only)
  --adapter ${Object.keys(ADAPTERS).join("|")}   which adapter does that (pubsub); streams recovers on another node
`;

/** `argv` as `{version, port, help, adminToken, nodes, webtransport, server}`, where `server` is what `new Server(http, …)` takes. */
export function readOptions(argv) {
  const flags = parse(argv);
  if (!VERSIONS.includes(flags.version)) {
    throw new UsageError(`unknown version "${flags.version}": say one of ${VERSIONS.join(", ")}`);
  }
  const recovery = flags.recovery || flags["recovery-ms"] !== undefined;
  if (recovery && !RECOVERS.has(flags.version)) {
    throw new UsageError(`socket.io ${flags.version} has no connection state recovery: use --version 4.8.4`);
  }
  if (flags.webtransport && !KNOWS_WEBTRANSPORT.has(flags.version)) {
    throw new UsageError(`socket.io ${flags.version} has no WebTransport: use --version 4.8.4`);
  }
  return {
    nodes: nodes(flags),
    version: flags.version,
    port: number(flags, "port", 65535),
    help: flags.help ?? false,
    adminToken: flags["admin-token"],
    webtransport: flags.webtransport && { cors: cors(flags) },
    server: withoutUndefined({
      path: flags.path,
      transports: transports(flags),
      cors: flags.webtransport ? undefined : cors(flags),
      cookie: flags.cookie && { name: flags.cookie, path: "/", httpOnly: true, sameSite: "lax" },
      pingInterval: number(flags, "ping-interval"),
      pingTimeout: number(flags, "ping-timeout"),
      connectTimeout: number(flags, "connect-timeout"),
      upgradeTimeout: number(flags, "upgrade-timeout"),
      maxHttpBufferSize: number(flags, "max-payload"),
      allowUpgrades: flags["no-upgrades"] ? false : undefined,
      connectionStateRecovery: recovery
        ? withoutUndefined({ maxDisconnectionDuration: number(flags, "recovery-ms") })
        : undefined,
    }),
  };
}

function parse(argv) {
  try {
    return parseArgs({ args: argv, options: FLAGS }).values;
  } catch (error) {
    throw new UsageError(`${error.message.split(". ")[0]}; --help lists what there is`);
  }
}

function number(flags, name, most = Number.MAX_SAFE_INTEGER) {
  const given = flags[name];
  if (given === undefined) return undefined;
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (!(value <= most)) throw new UsageError(`--${name} "${given}" is not a whole number from 0 to ${most}`);
  return value;
}

function transports({ transports: list = "polling,websocket", webtransport }) {
  const names = list.split(",").filter(Boolean);
  const wrong = names.find((name) => name !== "polling" && name !== "websocket");
  if (wrong || names.length === 0) {
    throw new UsageError(`--transports "${list}": say polling, websocket or both with a comma between`);
  }
  return webtransport ? [...names, "webtransport"] : names;
}

function nodes({ version, redis, adapter }) {
  if (redis === undefined) {
    if (adapter !== undefined) throw new UsageError("--adapter needs a --redis beside it");
    return undefined;
  }
  if (version !== "4.8.4") throw new UsageError(`socket.io ${version} knows no such adapter: use --version 4.8.4`);
  if (adapter !== undefined && !Object.hasOwn(ADAPTERS, adapter)) {
    throw new UsageError(`unknown adapter "${adapter}": say one of ${Object.keys(ADAPTERS).join(", ")}`);
  }
  if (!URL.canParse(redis) || !/^rediss?:$/.test(new URL(redis).protocol)) {
    throw new UsageError("--redis is not an address as redis://127.0.0.1:6379");
  }
  return { url: redis, adapter: adapter ?? "pubsub" };
}

function cors(flags) {
  const origins = flags["cors-origin"];
  if (!origins) {
    if (flags["cors-credentials"]) throw new UsageError("--cors-credentials needs a --cors-origin beside it");
    return undefined;
  }
  return {
    origin: origins.length === 1 ? origins[0] : origins,
    methods: ["GET", "POST"],
    credentials: flags["cors-credentials"] ?? false,
  };
}

function withoutUndefined(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
