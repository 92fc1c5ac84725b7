import { words } from "./words.js";

const TOLD = { waits: "waits for the connection", sends: "sending" };

export function Outbox({ items, onRetry, onDrop }) {
  return (
    <ul id="outbox" aria-label="Not yet sent">
      {items.map((item) => (
        <li key={item.key} className={item.state}>
          <span>{words(item.content.text ?? `[image ${item.content.image.name}]`)}</span>
          <small>
            {TOLD[item.state] ?? item.why}
            {item.state === "failed" && (
              <>
                {" "}
                <button type="button" onClick={() => onRetry(item)}>
                  Send again
                </button>{" "}
                <button type="button" onClick={() => onDrop(item.key)}>
                  Drop
                </button>
              </>
            )}
          </small>
        </li>
      ))}
    </ul>
  );
}
