// Attempts on a line of time: how long each waited, when it began, and how it went.
import { draw, make, seconds, write } from "../element.js";

const SPAN = 60_000;
/** Room for what is still to come, and for the mark behind it. */
const AHEAD = 70;
const ROW = 16;
const TOP = 22;
const ROWS = 6;

export function attemptsPanel() {
  const line = draw("svg", { class: "timeline", height: TOP + ROWS * ROW + 6, role: "img" });
  const list = make("ol", { class: "attempts" });

  function show({ attempts }) {
    const now = Date.now();
    const width = Math.max(line.clientWidth, 2 * AHEAD);
    const x = (at) => width - AHEAD - ((now - at) / SPAN) * (width - AHEAD);
    const seen = attempts.filter((it) => x(it.endedAt ?? now + it.delay) > 0).slice(-ROWS);
    line.replaceChildren(...scale(x, now), ...seen.flatMap((it, row) => bar(it, TOP + row * ROW, x, now)));
    line.setAttribute("aria-label", `The attempts of the last minute: ${seen.map(words).join("; ") || "none"}`);
    const said = attempts.slice(-ROWS);
    while (list.children.length < said.length) list.append(make("li"));
    said.forEach((it, at) => {
      write(list.children[at], words(it));
      list.children[at].dataset.result = it.result ?? "open";
    });
  }

  return { title: "Attempts of the last minute", node: make("div", {}, line, list), show };
}

function scale(x, now) {
  const marks = [0, 15, 30, 45, 60].map((ago) => {
    const at = x(now - ago * 1_000);
    const label = draw("text", { x: at, y: 12, "text-anchor": ago === 60 ? "start" : "middle" }, ago ? `−${ago} s` : "now");
    return [label, draw("path", { class: "grid", d: `M${at} 17V${TOP + ROWS * ROW}` })];
  });
  return marks.flat();
}

/** Grey while it waits, coloured while it is under way, and a mark for how it went. */
function bar({ scheduledAt, startedAt, delay, endedAt, result }, y, x, now) {
  const begin = startedAt ?? Math.min(scheduledAt + delay, now + delay);
  const parts = [draw("rect", { class: "wait", x: x(scheduledAt), y, height: 9, rx: 2, width: Math.max(1, x(begin) - x(scheduledAt)) })];
  if (startedAt !== undefined) {
    const width = Math.max(3, x(endedAt ?? now) - x(startedAt));
    parts.push(draw("rect", { class: `try ${result ?? ""}`, x: x(startedAt), y, height: 9, rx: 2, width }));
  }
  const mark = { connected: "✓", failed: "✗" }[result];
  if (mark) parts.push(draw("text", { x: x(endedAt) + 5, y: y + 9 }, mark));
  return parts;
}

function words({ attempt, delay, startedAt, endedAt, result }) {
  const name = attempt ? `attempt ${attempt}, after ${seconds(delay)}` : "first attempt";
  const ways = { connected: `connected in ${endedAt - startedAt} ms`, failed: "failed", left: "not made" };
  return `${name}: ${ways[result] ?? (startedAt === undefined ? "waits" : "under way")}`;
}
