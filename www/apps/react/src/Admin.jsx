import { useLayoutEffect, useRef, useState } from "react";

import { adminSocket } from "./socket.js";
import { useSocketEvent } from "./useSocket.js";
import { words } from "./words.js";

const PATIENCE = 5000;

/** A namespace with a door: refused with a reason, let in when the token is mended. */
export function Admin({ users = [], myId }) {
  const [{ text, isInside }, setShown] = useState({ text: "", isInside: false });
  useSocketEvent(adminSocket, "connect", async () => {
    const count = await adminSocket.emitWithAck("count");
    setShown({ text: `You are in: ${count} connected.`, isInside: true });
  });
  useSocketEvent(adminSocket, "connect_error", ({ message, data }) => {
    setShown({ text: `Refused: ${message} ${data ? `(${data.code})` : ""}`, isInside: false });
  });
  useSocketEvent(adminSocket, "disconnect", (reason) => setShown({ text: `Out: ${reason}`, isInside: false }));

  const [door, field] = [useRef(), useRef()];
  useLayoutEffect(() => {
    // The form that goes has the focus of who has just sent it.
    if (isInside && door.current.contains(document.activeElement)) field.current.focus();
  }, [isInside]);

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
  const kick = async ({ id, username }) => {
    const name = words(username);
    const tell = (text) => setShown((shown) => ({ ...shown, text }));
    try {
      const wasThere = await adminSocket.timeout(PATIENCE).emitWithAck("kick", id);
      tell(wasThere ? `${name} was sent away.` : `${name} is not on this server any more.`);
    } catch (error) {
      tell(`Whether ${name} was sent away is not confirmed: ${error.message}.`);
    }
  };
  return (
    <details id="admin">
      <summary>Admin</summary>
      <form id="admin-form" ref={door} className="row" autoComplete="off" onSubmit={enter} hidden={isInside}>
        <input id="admin-token" type="password" placeholder="Token" aria-label="Token" aria-describedby="admin-state" />
        <button>Enter</button>
      </form>
      <p id="admin-state" className="hint" role="status">
        {text}
      </p>
      <form id="announce-form" className="row" autoComplete="off" onSubmit={announce} hidden={!isInside}>
        <input id="announcement" ref={field} placeholder="Say to all" aria-label="Announcement" />
        <button>Announce</button>
      </form>
      <ul id="kicks" aria-label="Send away" hidden={!isInside}>
        {users
          .filter(({ id }) => id !== myId)
          .map((user) => (
            <li key={user.id}>
              <span>{words(user.username)}</span>
              <button type="button" aria-label={`Kick ${words(user.username)}`} onClick={() => kick(user)}>
                Kick
              </button>
            </li>
          ))}
      </ul>
    </details>
  );
}
