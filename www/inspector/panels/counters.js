// How much of everything since the inspector was opened.
import { bytes, make, tell } from "../element.js";

export function countersPanel() {
  const node = make("dl");
  const show = ({ counters: it }) =>
    tell(node, [
      ["packets in", it.in],
      ["packets out", it.out],
      ["bytes in", bytes(it.bytesIn)],
      ["bytes out", bytes(it.bytesOut)],
      ["pings", it.pings],
      ["connections", it.connections],
      ["losses", it.losses],
      ["failures", it.failures],
      ["refusals", it.refusals],
    ]);
  return { title: "Counters", node, show };
}
