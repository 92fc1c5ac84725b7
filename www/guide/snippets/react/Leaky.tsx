import { useEffect, useState } from "react";
import { socket, type Message } from "./socket";

// #region all
export function Chat() {
  const [messages, setMessages] = useState<Message[]>([]);

  useEffect(() => {
    socket.connect();
    socket.on("chat-message", (message) => setMessages((all) => [...all, message]));
  }, []);

  return <ul>{messages.map((it, at) => <li key={at}>{it.text}</li>)}</ul>;
}
// #endregion
