import { useEffect, useState } from "react";
import { socket, type Message } from "./socket";

// #region all
export function Chat() {
  const [messages, setMessages] = useState<Message[]>([]);

  useEffect(() => {
    const end = new AbortController();
    const { signal } = end;
    socket.on("chat-message", (message) => setMessages((all) => [...all, message]), { signal });
    socket.connect();
    return () => {
      end.abort(); // every listener of this effect is gone
      socket.disconnect();
    };
  }, []);

  return <ul>{messages.map((it, at) => <li key={at}>{it.text}</li>)}</ul>;
}
// #endregion
