// What a connection does, as its public events tell it: a model that panels show, and nothing that changes the connection.
import { decode } from "./packets.js";

const KEPT_PACKETS = 200;
const KEPT_ATTEMPTS = 40;
// Nobody tells that an application waits no longer.
const KEPT_ASKED = 1000;

/** Watches the connection of this socket, and calls `changed` when something is new, until `stop`. */
export function watch(socket, changed) {
  const { io: manager } = socket;
  const end = new AbortController();
  const model = {
    socket,
    manager,
    state: manager.state,
    attempts: [],
    packets: [],
    upgrades: [],
    namespaces: new Map(),
    asked: new Set(),
    counters: { in: 0, out: 0, bytesIn: 0, bytesOut: 0, pings: 0, connections: 0, losses: 0, failures: 0, refusals: 0 },
  };
  let engine;
  /** Ends with the attempt, so that nothing is kept of those that are over. */
  let attempt = new AbortController();

  const on = (target, name, hear, signal = end.signal) =>
    target.on(name, (...args) => {
      hear(...args);
      changed();
    }, { signal });

  on(manager, "state", (change) => {
    step(model, change);
    if (change.state === "connecting") follow();
  });
  on(manager, "reconnect_attempt", () => {
    begun(model);
    // It is told before the attempt has its engine.
    queueMicrotask(follow);
  });
  on(manager, "ping", () => {
    model.counters.pings++;
    model.pingAt = Date.now();
  });
  on(manager, "open", () => model.counters.connections++);
  on(manager, "close", (reason) => {
    model.counters.losses++;
    model.lastLoss = { reason, at: Date.now() };
    lost(model);
  });
  on(manager, "error", (error) => {
    model.counters.failures++;
    model.lastError = error.message;
  });
  for (const name of ["connect", "disconnect", "connect_error"]) on(socket, name, () => {});
  follow();

  /** There is another engine for each attempt. */
  function follow() {
    if (!manager.engine || manager.engine === engine) return;
    attempt.abort();
    attempt = new AbortController();
    engine = manager.engine;
    const mine = engine;
    const here = (name, hear) => on(mine, name, hear, attempt.signal);
    model.upgrades = [];
    model.handshake = undefined;
    here("handshake", ({ pingInterval, pingTimeout, maxPayload, upgrades }) => {
      model.handshake = { pingInterval, pingTimeout, maxPayload, upgrades };
      model.pingAt = Date.now();
      model.upgrades.push({ what: `opened on ${mine.transport.name}`, at: Date.now() });
    });
    here("upgrading", ({ name }) => model.upgrades.push({ what: `${name} answers the probe`, at: Date.now() }));
    here("upgrade", ({ name }) => model.upgrades.push({ what: `goes on with ${name}`, at: Date.now() }));
    here("upgradeError", () => model.upgrades.push({ what: "the upgrade failed", at: Date.now() }));
    here("packet", (packet) => passed(model, "in", packet));
    here("packetCreate", (packet) => passed(model, "out", packet));
    here("drain", () => {});
  }

  const stop = () => {
    end.abort();
    attempt.abort();
  };
  return { model, stop };
}

/** A change of the connection's state, and where it leaves the attempt that was under way. */
function step(model, { state, attempt, delay }) {
  const at = Date.now();
  const isFirst = state === "connecting";
  model.state = state;
  model.next = state === "reconnecting" ? { attempt, delay, at: at + delay } : undefined;
  if (state === "connected") ended(model, "connected");
  else if (!isFirst) ended(model, model.attempts.at(-1)?.startedAt === undefined ? "left" : "failed");
  if (isFirst) model.attempts.push({ attempt: 0, delay: 0, scheduledAt: at });
  if (isFirst) begun(model);
  if (state === "reconnecting") model.attempts.push({ attempt, delay, scheduledAt: at });
  model.attempts.splice(0, model.attempts.length - KEPT_ATTEMPTS);
}

/** An attempt starts. The word for the state stays "reconnecting" while it is one of many. */
function begun(model) {
  const last = model.attempts.at(-1);
  if (last) last.startedAt ??= Date.now();
  model.state = "connecting";
  model.next = undefined;
}

function ended({ attempts }, result) {
  const last = attempts.at(-1);
  if (!last || last.result) return;
  last.endedAt = Date.now();
  last.result = result;
}

function passed(model, direction, packet) {
  const it = { ...decode(packet), direction, at: Date.now() };
  const { counters, namespaces, asked } = model;
  counters[direction]++;
  counters[direction === "in" ? "bytesIn" : "bytesOut"] += it.size;
  model.packets.push(it);
  model.packets.splice(0, model.packets.length - KEPT_PACKETS);
  const key = `${it.nsp} ${it.id}`;
  if (direction === "out" && /EVENT/.test(it.kind) && it.id !== undefined) {
    asked.add(key);
    if (asked.size > KEPT_ASKED) asked.delete(asked.values().next().value);
  }
  if (direction === "in" && /ACK/.test(it.kind)) asked.delete(key);
  if (it.kind === "CONNECT") namespaces.set(it.nsp, direction === "out" ? "asked" : "joined");
  if (it.kind === "DISCONNECT") namespaces.set(it.nsp, "left");
  if (it.kind === "CONNECT_ERROR" && direction === "in") {
    counters.refusals++;
    namespaces.set(it.nsp, "refused");
  }
}

/** What had left will not be answered any more. */
function lost({ asked, namespaces }) {
  asked.clear();
  for (const [name, state] of namespaces) if (state === "joined" || state === "asked") namespaces.set(name, "waiting");
}
