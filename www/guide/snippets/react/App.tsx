// #region all
import { useEffect, useState } from "react";
import { socket, type Answer, type Message } from "./socket";
import { useConnection, useEvent } from "./useSocket";

export function App() {
  const [messages, setMessages] = useState<Message[]>([]);
  const [refused, setRefused] = useState("");
  const connection = useConnection();
  useEvent("chat-message", (message) => setMessages((all) => [...all, message]));

  const settle = ({ error }: Answer) => setRefused(error ?? "");

  useEffect(() => {
    const end = new AbortController();
    // Each time: to the server, who comes back is somebody new.
    socket.on("connect", () => socket.emit("user-join", "grace", settle), { signal: end.signal });
    socket.connect();
    return () => {
      end.abort();
      socket.disconnect();
    };
  }, []);

  function say(form: FormData) {
    socket.emit("chat-message", { text: String(form.get("text")) }, settle);
  }

  return (
    <main>
      <p role="status">{connection}</p>
      <ul>{messages.map((it, at) => <li key={at}>{it.user}: {it.text}</li>)}</ul>
      <form action={say}><input name="text" aria-label="Message" /></form>
      <p role="alert">{refused}</p>
    </main>
  );
}
// #endregion
