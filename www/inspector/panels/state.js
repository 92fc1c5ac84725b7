// The state of the connection, in the machine's own diagram.
import { make, seconds, tell, write } from "../element.js";

const drawing = new URL("../states.svg", import.meta.url);

export function statePanel() {
  const diagram = make("div", { class: "wide" });
  const said = make("p", { role: "status", class: "said" });
  const list = make("dl");
  fetch(drawing)
    .then((answer) => answer.text())
    .then((svg) => {
      diagram.innerHTML = svg;
      light();
    });
  let state = "idle";

  function light() {
    for (const it of diagram.querySelectorAll("[data-state]")) {
      it.toggleAttribute("data-lit", it.dataset.state.toLowerCase() === state);
    }
  }

  function show({ state: now, next, socket, namespaces, lastLoss, lastError }) {
    state = now;
    light();
    const words = { idle: "not connected, and not trying", connecting: "an attempt is under way", connected: "connected" };
    const wait = next && Math.max(0, next.at - Date.now());
    const text = next ? `attempt ${next.attempt} in ${seconds(wait)}` : words[now];
    write(said, text);
    // What changes ten times a second is not read out.
    said.setAttribute("aria-live", next ? "off" : "polite");
    const names = [...namespaces].map(([name, is]) => `${name} ${is}`).join(", ");
    tell(list, [
      ["namespace", `${socket.nsp} ${socket.connected ? "joined" : socket.active ? "wanted" : "left"}`],
      ["recovered", socket.recovered ? "yes" : "no"],
      ["all namespaces", names || "none yet"],
      ["last loss", lastLoss ? lastLoss.reason : "none"],
      ["last failure", lastError ?? "none"],
    ]);
  }

  return { title: "State", node: make("div", {}, diagram, said, list), show };
}
