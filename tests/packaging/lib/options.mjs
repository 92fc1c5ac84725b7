// The command line.
import { parseArgs } from "node:util";

export const USAGE = `node run.mjs [options] [project …]

  --client NAME    what the projects load: sockeye-client (packed from this checkout) or socket.io-client,
                   which shows that the projects themselves are right
  --browser NAME   chromium, firefox or both (both)
  --keep           leave the projects as they were built in .work
  --list           name the projects
`;

export function readOptions(argv) {
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
  if (!["sockeye-client", "socket.io-client"].includes(values.client)) throw new Error(`unknown client ${values.client}`);
  const browsers = values.browser === "both" ? ["chromium", "firefox"] : [values.browser];
  return { ...values, browsers, projects: positionals };
}
