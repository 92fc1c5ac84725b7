// A case from its server to its two transcripts.

import { setTimeout as elapsed } from "node:timers/promises";
import { normaliser } from "../shared/normalise.mjs";
import { Transcript } from "../shared/transcript.mjs";
import { openRawServer } from "./raw_server.mjs";
import { openRealServer } from "./real_server.mjs";

/**
 * @param world where the client runs; see `worlds.mjs`
 * @param client `reference` or `ours`
 * @param recorded what came of it when the results were written, `{ seen, wire }`; a case may be done before all has arrived
 * @returns `{ seen, wire, failure }`: what the application saw, what the server received, why the case did not end
 */
export async function runCase(world, client, test, recorded) {
  const names = {};
  const wire = new Transcript((line) => normalise(line));
  const normalise = normaliser(names);
  const server = await (test.raw ? openRawServer : openRealServer)(freshScript(test), wire, world.onFile);
  names[server.port] = "port";
  try {
    const origin = test.page === "cross" ? world.crossOrigin : server.url;
    if (test.page === "cross" && world.where === "chromium") names[new URL(origin).port] = "page port";
    const job = {
      file: test.file,
      name: test.name,
      url: server.url,
      origin,
      ports: names,
      where: world.where,
      transports: test.transports ?? ["websocket"],
      deadline: test.deadline ?? DEADLINE,
      recorded: recorded.seen.length,
    };
    const { result, dispose } = await world.run(job, client, (method, args) => call(method, args, server, wire));
    await Promise.race([wire.until("", recorded.wire.length), elapsed(PATIENCE, undefined, { ref: false })]);
    // Before the client goes: what its end makes the server see is no part of the case.
    const received = test.concurrent ? sorted(wire.close()) : wire.close();
    await dispose();
    return { seen: result.lines.slice(0, test.lines), wire: test.quiet ? [] : received, failure: result.failure };
  } finally {
    await server.close();
  }
}

// Cases may change their script while they run.
function freshScript(test) {
  return test.raw ? { ...test, raw: { ...test.raw } } : test;
}

// Requests that are on their way at once arrive in any order, and so does what they carry. What one transport of one
// session carries stays in order.
function sorted(lines) {
  const keyOf = (line) => (/^[A-Z]/.test(line) ? line : line.split(" ", 2).join(" "));
  return lines.map((line) => [keyOf(line), line]).sort(([one], [other]) => (one < other ? -1 : +(one > other))).map(([, line]) => line);
}

async function call(method, args, server, wire) {
  if (method === "until") return wire.until(...args.map(toPattern));
  const action = server.methods[method];
  if (!action) throw new Error(`the server has no method ${method}`);
  return action(...args);
}

// A regular expression cannot be sent between worlds: it is written as `/…/`.
function toPattern(value) {
  return typeof value === "string" && /^\/.*\/$/s.test(value) ? new RegExp(value.slice(1, -1)) : value;
}

// It is waited in full only for a client that sends less than it did: then the case differs, and that is told.
const PATIENCE = 1_000;
// For the slowest case on a busy machine; nearly all take a few milliseconds.
const DEADLINE = 10_000;
