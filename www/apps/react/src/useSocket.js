// The hooks: copy this file.
import { useEffect, useEffectEvent, useState } from "react";

/** Connects while the component is there, and tells `{ state, transport, attempt, delay, reason }`. */
export function useSocket(socket) {
  const [connection, setConnection] = useState({ state: "connecting" });
  useSocketEvent(socket, "connect", () => {
    setConnection({ state: "connected", transport: socket.io.engine.transport.name });
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
    socket.connect();
    return () => void socket.disconnect();
  }, [socket]);
  return connection;
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
