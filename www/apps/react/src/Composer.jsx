import { useEffect, useRef, useState } from "react";

import { targets } from "./targets.js";
import { IMAGES, problemOfImage } from "./words.js";

export function Composer({ chat, target, onTarget }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  const line = useRef();
  useEffect(() => line.current.focus(), [target]);
  const options = targets(chat, target);
  const chosen = target.value ? JSON.parse(target.value) : {};

  const submit = (event) => {
    event.preventDefault();
    setText("");
    if (text.trim()) chat.say({ text: text.trim(), ...chosen });
  };
  const sendImage = async ({ currentTarget: field }) => {
    const [file] = field.files;
    field.value = "";
    const found = file ? problemOfImage(file) : "";
    setProblem(found);
    if (!file || found) return;
    const image = { name: file.name.slice(-200), type: file.type, bytes: await file.arrayBuffer() };
    chat.say({ image, ...chosen });
  };
  const choose = ({ target: { value } }) => onTarget(options.find((it) => it.value === value));
  return (
    <>
      <p id="image-problem" className="problem" role="alert">
        {problem}
      </p>
      <form id="composer" className="row" autoComplete="off" onSubmit={submit}>
        <select id="target" aria-label="Who is to hear it" value={target.value} onChange={choose}>
          {options.map(({ label, value }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <input
          id="message-input"
          placeholder="Type a message..."
          aria-label="Message"
          enterKeyHint="send"
          ref={line}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            chat.typing();
          }}
        />
        <label className="button">
          Image
          <input id="image" type="file" accept={IMAGES.join()} aria-label="Send an image" onChange={sendImage} />
        </label>
        <button>Send</button>
      </form>
    </>
  );
}
