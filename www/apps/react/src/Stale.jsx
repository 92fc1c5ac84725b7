import { socket } from "./socket.js";
import { useIsStale } from "./useIsStale.js";

export function Stale() {
  const isStale = useIsStale(socket);
  return (
    <p id="stale" className="notice" role="alert" hidden={!isStale}>
      The server has a newer build than this page.{" "}
      <button type="button" onClick={() => location.reload()}>
        Reload
      </button>
    </p>
  );
}
