import { useState } from "react";

import { Composer } from "./Composer.jsx";
import { Footer } from "./Footer.jsx";
import { Header } from "./Header.jsx";
import { Login } from "./Login.jsx";
import { Messages } from "./Messages.jsx";
import { Outbox } from "./Outbox.jsx";
import { Side } from "./Side.jsx";
import { Stale } from "./Stale.jsx";
import { useChat } from "./useChat.js";
import { typing } from "./words.js";

export function App() {
  const chat = useChat();
  const [target, setTarget] = useState({ label: "Everyone", value: "" });
  return (
    <>
      <Header connection={chat.connection} onRetry={chat.retry} />
      <Stale />
      <main>
        {chat.name === undefined ? (
          <Login refusal={chat.refusal} onJoin={chat.join} />
        ) : (
          <div id="chat">
            <Side chat={chat} onTarget={setTarget} />
            <div id="room">
              <Messages lines={chat.lines} />
              <Outbox items={chat.outbox} onRetry={chat.deliver} onDrop={chat.drop} />
              <p id="typing" role="status">
                {typing(chat.typists)}
              </p>
              <Composer chat={chat} target={target} onTarget={setTarget} />
            </div>
          </div>
        )}
      </main>
      <Footer />
    </>
  );
}
