// The hooks: copy this file.
import { useEffect, useEffectEvent, useState } from "react";

// How many components use a socket: it disconnects with the last of them.
const users = new WeakMap();

/** Connects while a component is there that uses it, and tells `{ state, transport, attempt, delay, reason }`. */
export function useSocket(socket) {
  const [connection, setConnection] = useState(() => now(socket));
  useSocketEvent(socket, "connect", () => {
    setConnection(now(socket));
    // An engine lives as long as one connection, and its listeners with it.
    socket.io.engine.on("upgrade", ({ name }) => setConnection({ state: "connected", transport: name }));
  });
  useSocketEvent(socket, "disconnect", (reason) => setConnection({ state: socket.active ? "waiting" : "lost", reason }));
  useSocketEvent(socket, "connect_error", ({ message }) => {
    if (!socket.active) setConnection({ state: "lost", reason: message });
  });
  useSocketEvent(socket.io, "state", ({ state, attempt, delay }) => {
    if (delay !== undefined) setConnection({ state: "waiting", attempt, delay });
    else if (state === "connecting") setConnection({ state: "connecting" });
  });
  useEffect(() => {
    const { engine } = socket.io;
    const upgraded = ({ name }) => setConnection({ state: "connected", transport: name });
    // Of a connection that another component made nothing else is heard but its upgrade.
    if (socket.connected) engine.on("upgrade", upgraded);
    setConnection(now(socket));
    users.set(socket, (users.get(socket) ?? 0) + 1);
    socket.connect();
    return () => {
      engine?.off("upgrade", upgraded);
      users.set(socket, users.get(socket) - 1);
      if (!users.get(socket)) socket.disconnect();
    };
  }, [socket]);
  return connection;
}

/** What the socket itself knows, before there is an event. */
function now(socket) {
  return socket.connected
    ? { state: "connected", transport: socket.io.engine.transport.name }
    : { state: socket.io.state === "reconnecting" ? "waiting" : "connecting" };
}

/**
 * Listens while the component is there. React runs effects twice in StrictMode, and again when what they depend on changes:
 * without the `off` each run would leave a listener behind, and every message would be shown as often.
 */
export function useSocketEvent(emitter, event, listener) {
  const latest = useEffectEvent(listener);
  useEffect(() => {
    const heard = (...args) => latest(...args);
    emitter.on(event, heard);
    return () => void emitter.off(event, heard);
  }, [emitter, event]);
}
