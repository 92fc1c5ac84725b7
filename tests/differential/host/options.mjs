// The command line.

import { existsSync } from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { FOLDER } from "./files.mjs";

export const USAGE = `node run.mjs [options]

  --client reference|ours|both   which clients run (both)
  --where node|chromium|both     where they run (both)
  --only text                    only cases whose name or file has this text, or that cite this row
  --repeat n                     run each case n times; its transcripts must be equal (1)
  --jobs n                       cases at a time (4)
  --ours folder                  where our package is built (client-wasm/npm/dist, or $SOCKEYE_DIST)
  --print                        print the transcripts
  --write                        write results/ instead of comparing with it
`;

export class UsageError extends Error {}

export function readOptions(argv) {
  const { values } = parse(argv);
  const one = (name, allowed) => {
    if (!allowed.includes(values[name])) throw new UsageError(`--${name} is one of ${allowed.join(", ")}`);
    return values[name] === "both" ? allowed.filter((value) => value !== "both") : [values[name]];
  };
  const many = (name) => {
    const number = Number(values[name]);
    if (!Number.isInteger(number) || number < 1) throw new UsageError(`--${name} is a number from 1`);
    return number;
  };
  const options = {
    help: values.help,
    clients: one("client", ["reference", "ours", "both"]),
    wheres: one("where", ["node", "chromium", "both"]),
    only: values.only,
    repeat: many("repeat"),
    jobs: many("jobs"),
    print: values.print,
    write: values.write,
    files: findFiles(values.ours ?? process.env.SOCKEYE_DIST ?? path.join(FOLDER, "../../client-wasm/npm/dist")),
  };
  checkWrite(options);
  if (!options.help) checkOurs(options);
  return options;
}

function parse(argv) {
  try {
    return parseArgs({
      args: argv,
      options: {
        help: { type: "boolean", default: false },
        client: { type: "string", default: "both" },
        where: { type: "string", default: "both" },
        only: { type: "string" },
        repeat: { type: "string", default: "1" },
        jobs: { type: "string", default: "4" },
        ours: { type: "string" },
        print: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error.message);
  }
}

// The files a user's import ends at: the package's `import` in Node and what a bundler takes for pages.
function findFiles(dist) {
  const reference = path.dirname(createRequire(import.meta.url).resolve("socket.io-client/package.json"));
  return {
    node: {
      reference: path.join(reference, "build/esm-debug/index.js"),
      ours: path.resolve(dist, "node.js"),
    },
    browser: {
      reference: path.join(reference, "build/esm/index.js"),
      ours: path.resolve(dist, "index.js"),
    },
  };
}

// A part must not be taken for the whole.
function checkWrite({ write, only, wheres, clients }) {
  if (write && (only || wheres.length < 2 || !clients.includes("reference"))) {
    throw new UsageError("--write needs all cases, in Node and in Chromium, with the reference");
  }
}

function checkOurs({ clients, files }) {
  if (!clients.includes("ours")) return;
  for (const file of [files.node.ours, files.browser.ours]) {
    if (!existsSync(file)) {
      throw new UsageError(`${file} is missing: build it (cargo run -p sockeye-pack), or run --client reference`);
    }
  }
}
