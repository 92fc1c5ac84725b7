// #region all
import { useEffect, useState } from "react";
import { socket, type Message } from "./socket";
import { useConnection, useEvent } from "./useSocket";

export function App() {
  const [messages, setMessages] = useState<Message[]>([]);
  const connection = useConnection();
  useEvent("chat-message", (message) => setMessages((all) => [...all, message]));

  useEffect(() => {
    socket.connect();
    return () => {
      socket.disconnect();
    };
  }, []);

  async function say(form: FormData) {
    await socket.emitWithAck("chat-message", { text: String(form.get("text")) });
  }

  return (
    <main>
      <p role="status">{connection}</p>
      <ul>{messages.map((it, at) => <li key={at}>{it.user}: {it.text}</li>)}</ul>
      <form action={say}><input name="text" aria-label="Message" /></form>
    </main>
  );
}
// #endregion
