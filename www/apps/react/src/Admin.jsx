import { useState } from "react";

import { adminSocket } from "./socket.js";
import { useSocketEvent } from "./useSocket.js";

/** A namespace with a door: refused with a reason, let in when the token is mended. */
export function Admin() {
  const [{ text, isInside }, setShown] = useState({ text: "", isInside: false });
  useSocketEvent(adminSocket, "connect", async () => {
    const count = await adminSocket.emitWithAck("count");
    setShown({ text: `You are in: ${count} connected.`, isInside: true });
  });
  useSocketEvent(adminSocket, "connect_error", ({ message, data }) => {
    setShown({ text: `Refused: ${message} ${data ? `(${data.code})` : ""}`, isInside: false });
  });
  useSocketEvent(adminSocket, "disconnect", (reason) => setShown({ text: `Out: ${reason}`, isInside: false }));

  const enter = (event) => {
    event.preventDefault();
    const token = event.currentTarget.elements["admin-token"].value.trim();
    adminSocket.auth = token ? { token } : {};
    adminSocket.disconnect().connect();
  };
  const announce = (event) => {
    event.preventDefault();
    const field = event.currentTarget.elements.announcement;
    if (field.value.trim()) adminSocket.emit("announce", field.value.trim());
    field.value = "";
  };
  return (
    <details id="admin">
      <summary>Admin</summary>
      <form id="admin-form" className="row" autoComplete="off" onSubmit={enter} hidden={isInside}>
        <input id="admin-token" type="password" placeholder="Token" aria-label="Token" aria-describedby="admin-state" />
        <button>Enter</button>
      </form>
      <p id="admin-state" className="hint" role="status">
        {text}
      </p>
      <form id="announce-form" className="row" autoComplete="off" onSubmit={announce} hidden={!isInside}>
        <input id="announcement" placeholder="Say to all" aria-label="Announcement" />
        <button>Announce</button>
      </form>
    </details>
  );
}
