// #region state
import { useEffect, useRef, useSyncExternalStore } from "react";
import { socket, type FromServer } from "./socket";

/** What the connection does: "idle", "connecting", "connected" or "reconnecting". */
export function useConnection() {
  return useSyncExternalStore(watch, () => socket.state);
}

function watch(changed: () => void) {
  const { io: manager } = socket;
  const end = new AbortController();
  manager.on("state", changed, { signal: end.signal });
  socket.on("connect", changed, { signal: end.signal });
  socket.on("disconnect", changed, { signal: end.signal });
  return () => end.abort();
}
// #endregion

// #region event
/** Calls `hear` for each event, as long as the component is there. It may be another function at each render. */
export function useEvent<Name extends keyof FromServer>(name: Name, hear: FromServer[Name]) {
  const latest = useRef(hear);
  useEffect(() => {
    latest.current = hear;
  });
  useEffect(() => {
    const end = new AbortController();
    const call = (...args: unknown[]) => (latest.current as (...args: unknown[]) => void)(...args);
    socket.on(name, call as never, { signal: end.signal });
    return () => end.abort();
  }, [name]);
}
// #endregion
