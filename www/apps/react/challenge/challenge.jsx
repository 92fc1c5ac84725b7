// "Users report that messages sometimes appear duplicated. … useEffect runs twice (React Strict Mode)." The same list
// twice: once as it is often written, once with the hook.
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

import "../../../pages/chat.css";
import { socket } from "../src/socket.js";
import { useSocket, useSocketEvent } from "../src/useSocket.js";

function Leaky() {
  const [said, setSaid] = useState([]);
  useEffect(() => {
    socket.on("echo", (text) => setSaid((before) => [...before, text]));
    // The listener of the first run is still there when the second adds its own.
  }, []);
  return <Said id="leaky" title="Without a cleanup" said={said} />;
}

function Mended() {
  const [said, setSaid] = useState([]);
  useSocketEvent(socket, "echo", (text) => setSaid((before) => [...before, text]));
  return <Said id="mended" title="With off() in the cleanup" said={said} />;
}

function Said({ id, title, said }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul id={id} role="log" aria-label={title}>
        {said.map((text, index) => (
          <li key={index}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

/** Each is told how the one socket is, and none takes it from the other. */
function Connection({ id }) {
  const { state, transport } = useSocket(socket);
  return (
    <p id={id}>
      {state} {transport}
    </p>
  );
}

function Challenge() {
  const [count, setCount] = useState(1);
  const [hasOther, setHasOther] = useState(false);
  const say = () => {
    socket.emit("echo", `message ${count}`);
    setCount(count + 1);
  };
  return (
    <main className="page">
      <h1>Why is every message there twice?</h1>
      <p>In StrictMode React's development build runs each effect, its cleanup, and the effect again.</p>
      <p>
        <button id="say" type="button" onClick={say}>
          Say something
        </button>{" "}
        <button id="toggle" type="button" onClick={() => setHasOther(!hasOther)}>
          A second component
        </button>
      </p>
      <Connection id="first" />
      {hasOther && <Connection id="second" />}
      <Leaky />
      <Mended />
    </main>
  );
}

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <Challenge />
  </StrictMode>,
);
