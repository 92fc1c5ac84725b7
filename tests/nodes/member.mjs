// A member of the chat in Node: tells in lines of JSON, and says the lines that it is given.

import { createInterface } from "node:readline";
import { io } from "../../client-wasm/npm/dist/node.js";
import { talk } from "./talk.mjs";

const [url, name, options, ...transports] = process.argv.slice(2);
const tell = (it) => process.stdout.write(`${JSON.stringify(it)}\n`);

// Without `withCredentials` Node keeps no cookie, and there is no affinity by cookie (O-19).
const say = talk(io, url, name, transports, { withCredentials: true, ...JSON.parse(options) }, tell);

createInterface({ input: process.stdin })
  .on("line", say)
  .on("close", () => process.exit(0));
