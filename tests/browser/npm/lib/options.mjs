// The command line.
import { parseArgs } from "node:util";

export const USAGE = `node run.mjs [options] [part of a story's name …]

  --client NAME    sockeye-client (built from this checkout) or socket.io-client, which shows that the stories are right
  --browser NAME   chromium, firefox; several with commas (both)
  --server NAME    Node484, Node40, Node31, Rust, Python; several with commas (Node484,Rust)
  --way NAME       polling, websocket, upgrade, webtransport, webtransport-upgrade; several with commas (all); the last two
                    with Node484 only
  --place NAME     window, worker, page: where stories are told, and the life of a page; several with commas (all)
  --list           name the stories
`;

const FLAGS = {
  client: { type: "string", default: "sockeye-client" },
  browser: { type: "string", default: "chromium,firefox" },
  server: { type: "string", default: "Node484,Rust" },
  way: { type: "string", default: "polling,websocket,upgrade,webtransport,webtransport-upgrade" },
  place: { type: "string", default: "window,worker,page" },
  list: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
};

const KNOWN = {
  client: ["sockeye-client", "socket.io-client"],
  browser: ["chromium", "firefox"],
  server: ["Node484", "Node40", "Node31", "Rust", "Python"],
  way: ["polling", "websocket", "upgrade", "webtransport", "webtransport-upgrade"],
  place: ["window", "worker", "page"],
};

/** What to run: `{ client, browsers, servers, ways, places, parts }`. */
export function readOptions(argv) {
  const { values, positionals } = parseArgs({ args: argv, options: FLAGS, allowPositionals: true });
  const lists = Object.fromEntries(
    Object.entries(KNOWN).map(([name, known]) => {
      const chosen = values[name].split(",");
      const unknown = chosen.filter((it) => !known.includes(it));
      if (unknown.length > 0) throw new Error(`--${name} ${unknown}: say ${known.join(", ")}`);
      return [name, chosen];
    }),
  );
  return {
    ...values,
    client: lists.client[0],
    browsers: lists.browser,
    servers: lists.server,
    ways: lists.way,
    places: lists.place,
    parts: positionals,
  };
}
