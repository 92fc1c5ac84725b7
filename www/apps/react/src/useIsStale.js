// A page that stays open while another build takes its place on the server.
import { useRef, useState } from "react";

import { useSocketEvent } from "./useSocket.js";

/** Whether the server has another build than this page: asked when the connection is back. */
export function useIsStale(socket) {
  const [isStale, setIsStale] = useState(false);
  const wasConnected = useRef(false);
  useSocketEvent(socket, "connect", async () => {
    if (wasConnected.current) setIsStale(await differs(document.documentElement.dataset.build));
    wasConnected.current = true;
  });
  return isStale;
}

/** The server names the build in the page; another server, as Vite's own, does not. */
async function differs(mine) {
  if (mine === undefined) return false;
  try {
    const response = await fetch("build", { cache: "no-store" });
    return response.ok && (await response.text()) !== mine;
  } catch {
    // The server is gone again; the next connection asks again.
    return false;
  }
}
