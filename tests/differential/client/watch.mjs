// Listeners that write what they are told into a transcript.

import { show, showAll } from "./show.mjs";

/** The reserved events of a socket with its state at that moment, and the named events. */
export function watchSocket(log, socket, name, events) {
  const state = () =>
    `{id: ${show(socket.id)}, connected: ${socket.connected}, active: ${socket.active}, recovered: ${socket.recovered}}`;
  for (const event of ["connect", "connect_error", "disconnect"]) {
    socket.on(event, (...args) => log(`${name} ${event} ${showAll(args)} ${state()}`));
  }
  for (const event of events) {
    socket.on(event, (...args) => log(`${name} event ${show(event)} ${showAll(args)}`));
  }
  return socket;
}

export function watchManager(log, manager, name) {
  for (const event of MANAGER_EVENTS) {
    manager.on(event, (...args) => log(`${name} ${event} ${showAll(args)}`));
  }
  return manager;
}

/** @param events which of the engine's events; all that do not depend on timing by default */
export function watchEngine(log, engine, name, events = ENGINE_EVENTS) {
  for (const event of events) {
    engine.on(event, (...args) => log(`${name} ${event} ${showAll(args.map(transportByName))}`));
  }
  return engine;
}

const MANAGER_EVENTS = [
  "open",
  "error",
  "close",
  "reconnect_attempt",
  "reconnect",
  "reconnect_error",
  "reconnect_failed",
];

const ENGINE_EVENTS = ["open", "handshake", "packet", "error", "upgrading", "upgrade", "upgradeError", "close"];

function transportByName(value) {
  const isTransport = value && typeof value === "object" && "writable" in value && typeof value.name === "string";
  return isTransport ? `(transport ${value.name})` : value;
}
