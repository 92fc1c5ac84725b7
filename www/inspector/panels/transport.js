// The transport, the upgrade as it happened, and how long until silence is the end.
import { bytes, make, seconds, tell, write } from "../element.js";

export function transportPanel() {
  const name = make("p", { class: "large" });
  const steps = make("ol");
  let shown;
  const beat = make("meter", { min: "0", max: "1", value: "0", "aria-label": "Time until the heartbeat is missed" });
  const words = make("p", { class: "quiet" });
  const list = make("dl");

  function show({ state, manager, handshake, upgrades, pingAt }) {
    write(name, state === "connected" ? manager.engine.transport.name : "none");
    const first = upgrades[0]?.at;
    if (shown !== upgrades || steps.children.length !== upgrades.length) {
      shown = upgrades;
      steps.replaceChildren(
        ...upgrades.map(({ what, at }) => make("li", {}, what, make("small", {}, ` +${at - first} ms`))),
      );
    }
    const patience = handshake && handshake.pingInterval + handshake.pingTimeout;
    const left = state === "connected" && patience ? Math.max(0, pingAt + patience - Date.now()) : 0;
    beat.value = patience ? left / patience : 0;
    const heartbeat = left
      ? `the last ping came ${seconds(Date.now() - pingAt)} ago; without another the connection is given up in ${seconds(left)}`
      : "no heartbeat";
    write(words, heartbeat);
    tell(list, [
      ["ping interval", handshake ? seconds(handshake.pingInterval) : "–"],
      ["ping timeout", handshake ? seconds(handshake.pingTimeout) : "–"],
      ["largest message", handshake?.maxPayload ? bytes(handshake.maxPayload) : "–"],
      ["may be upgraded to", handshake?.upgrades.join(", ") || "–"],
    ]);
  }

  return { title: "Transport and heartbeat", node: make("div", {}, name, steps, beat, words, list), show };
}
