// What waits, against its limits. The limits are options: who made the socket may tell them.
import { bytes, make, tell } from "../element.js";

export function buffersPanel() {
  const meters = make("div");
  const list = make("dl");

  function show({ socket, manager, asked, limits = {} }) {
    const waiting = socket.sendBuffer.length;
    meters.replaceChildren(
      ...meter("Events that wait for the connection", waiting, limits.sendBufferMax, String),
      ...meter("Bytes that wait to be sent", socket.bufferedAmount, limits.sendBufferBytes, bytes),
    );
    tell(list, [
      ["handed to the transport", manager.engine?.writeBuffer.length ?? 0],
      ["came before CONNECT", socket.receiveBuffer.length],
      ["sent, without an answer so far", asked.size],
      ["waiting to ask", socket.sendBuffer.filter(({ id }) => id !== undefined).length],
    ]);
  }

  return { title: "Buffers and acks", node: make("div", {}, meters, list), show };
}

function meter(name, value, limit, said) {
  const words = limit ? `${said(value)} of ${said(limit)}` : `${said(value)}, without a limit`;
  const line = make("p", { class: "row" }, name, make("b", {}, words));
  if (!limit) return [line];
  const it = make("meter", { min: "0", max: `${limit}`, high: `${limit * 0.8}`, value: `${value}`, "aria-label": name });
  return [line, it];
}
