import { useState } from "react";

import { Admin } from "./Admin.jsx";
import { personTarget, roomTarget } from "./targets.js";
import { problemOfName, words } from "./words.js";

const isWide = () => matchMedia("(min-width: 48rem)").matches;

export function Side({ chat, onTarget }) {
  return (
    <div id="side">
      <People {...chat} onTarget={onTarget} />
      <Rooms {...chat} onTarget={onTarget} />
      <Admin users={chat.users} myId={chat.myId} />
    </div>
  );
}

function People({ users, myId, onTarget }) {
  const [isOpen] = useState(isWide);
  return (
    <details id="people" open={isOpen}>
      <summary>
        Online: <span id="online-count">{users?.length ?? "?"}</span>
      </summary>
      <ul id="online">
        {users?.map((user) => (
          <li key={user.id}>
            {user.id === myId ? (
              <>
                {words(user.username)}
                <small> (you)</small>
              </>
            ) : (
              <button type="button" title={`Write to ${words(user.username)} alone`} onClick={() => onTarget(personTarget(user))}>
                {words(user.username)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Rooms({ rooms, roomProblem, joinRoom, leaveRoom, onTarget }) {
  const [isOpen] = useState(isWide);
  const [problem, setProblem] = useState("");
  const submit = (event) => {
    event.preventDefault();
    const field = event.currentTarget.elements["room-name"];
    const name = field.value.trim().replace(/^#/, "");
    const found = problemOfName(name);
    setProblem(found);
    if (found) return field.focus();
    field.value = "";
    joinRoom(name).then(() => onTarget(roomTarget(name)));
  };
  return (
    <details id="channels" open={isOpen}>
      <summary>Rooms</summary>
      <ul id="rooms">
        {rooms.map((name) => (
          <li key={name}>
            <button type="button" onClick={() => onTarget(roomTarget(name))}>
              #{name}
            </button>
            <button type="button" aria-label={`Leave #${name}`} onClick={() => leaveRoom(name)}>
              Leave
            </button>
          </li>
        ))}
      </ul>
      <form id="room-form" className="row" autoComplete="off" onSubmit={submit}>
        <input id="room-name" placeholder="Name of a room" aria-label="Name of a room" aria-describedby="room-problem" />
        <button>Join</button>
      </form>
      <p id="room-problem" className="problem" role="alert">
        {problem || roomProblem}
      </p>
    </details>
  );
}
