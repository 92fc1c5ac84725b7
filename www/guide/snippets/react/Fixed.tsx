import { useEffect, useState } from "react";
import { socket, type Message } from "./socket";

// #region all
export function Chat() {
  const [messages, setMessages] = useState<Message[]>([]);

  useEffect(() => {
    const hear = (message: Message) => setMessages((all) => [...all, message]);
    socket.on("chat-message", hear);
    socket.connect();
    return () => {
      socket.off("chat-message", hear);
      socket.disconnect();
    };
  }, []);

  return <ul>{messages.map((it, at) => <li key={at}>{it.text}</li>)}</ul>;
}
// #endregion
