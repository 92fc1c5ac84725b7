// Packets as they pass: header and size; what they say is shown when asked for.
import { bytes, make } from "../element.js";

const ROWS = 60;

export function logPanel() {
  const body = make("tbody");
  const head = ["way", "time", "packet", "size", "what it says"].map((name) => make("th", { scope: "col" }, name));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...head)), body);
  const pause = make("button", { type: "button", "aria-pressed": "false" }, "Hold");
  let isHeld = false;
  let newest;
  pause.addEventListener("click", () => {
    isHeld = !isHeld;
    pause.setAttribute("aria-pressed", isHeld);
    pause.textContent = isHeld ? "Go on" : "Hold";
  });

  function show({ packets }) {
    const last = packets.at(-1);
    if (isHeld || last === newest) return;
    const at = packets.lastIndexOf(newest);
    newest = last;
    const fresh = packets.slice(Math.max(at + 1, packets.length - ROWS)).reverse();
    body.prepend(...fresh.map(row));
    while (body.rows.length > ROWS) body.lastElementChild.remove();
  }

  return { title: "Packets", node: make("div", {}, pause, make("div", { class: "wide log", tabindex: "0" }, table)), show };
}

function row(it) {
  const { direction, at, size, text } = it;
  const time = new Date(at).toISOString().slice(14, 23);
  const arrow = make("td", { class: direction }, direction === "in" ? "← in" : "→ out");
  return make(
    "tr",
    {},
    arrow,
    make("td", {}, time),
    make("td", {}, make("b", {}, it.kind), ` ${header(it)}`),
    make("td", { class: "number" }, bytes(size)),
    make("td", {}, make("code", {}, text ?? "")),
  );
}

function header({ nsp, id, event, attachments }) {
  const parts = [];
  if (nsp && nsp !== "/") parts.push(nsp);
  if (event) parts.push(event);
  if (id !== undefined) parts.push(`#${id}`);
  if (attachments) parts.push(`+${attachments} attachments`);
  return parts.join(" ");
}
