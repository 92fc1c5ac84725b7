// The command line.
import { parseArgs } from "node:util";

export const USAGE = `node run.mjs [options] [project …]

  --client NAME    what the projects load: sockeye-client (packed from this checkout) or socket.io-client,
                   which shows that the projects themselves are right
  --browser NAME   chromium, firefox, both, or none: then no page is loaded (both)
  --keep           leave the projects as they were built in .work
  --list           name the projects
`;

const CLIENTS = ["sockeye-client", "socket.io-client"];
const BROWSERS = { both: ["chromium", "firefox"], none: [], chromium: ["chromium"], firefox: ["firefox"] };

/** `projects` is what may be asked for. */
export function readOptions(argv, projects) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      client: { type: "string", default: "sockeye-client" },
      browser: { type: "string", default: "both" },
      keep: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (!CLIENTS.includes(values.client)) throw new Error(`there is no client ${values.client} here`);
  if (!BROWSERS[values.browser]) throw new Error(`there is no browser ${values.browser} here`);
  const unknown = positionals.filter((name) => !projects.includes(name));
  if (unknown.length > 0) throw new Error(`there is no project ${unknown.join(", ")}`);
  return { ...values, browsers: BROWSERS[values.browser], projects: positionals };
}
