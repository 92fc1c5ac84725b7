// Which argument is an offset, and how long one is worth something (1.9).
import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./lib/source.mjs";

const { Recovery } = await source('export { Recovery } from "./recovery";');

/** In a session that can be recovered, after these events. */
function after(...events) {
  const recovery = new Recovery();
  recovery.$recovered("pid");
  events.forEach((it) => recovery.$saw(it));
  return recovery;
}
const offset = (...events) => after(...events).$offset;

test("the last argument of an event is one, if it looks like one", () => {
  assert.equal(offset(["a", "1714000000000"]), "1714000000000");
  assert.equal(offset(["a", { b: 1 }, "MTcxNDAw"], ["b", "MTcxNDAx"]), "MTcxNDAx");
});

test("what cannot be one is none (Q-10, F130)", () => {
  for (const last of ["short", "with space", "quoted\"text", "line\nbreak", "é1234567", "x".repeat(257), 17140000, null, ["1714000"], {}]) {
    assert.equal(offset(["a", last]), undefined, `${last}`.slice(0, 20));
  }
  // The name alone is no argument.
  assert.equal(offset(["1714000000000"]), undefined);
});

test("a volatile event's text does not take the place of a known one (Q-10, F127)", () => {
  const known = "1714000000000-0";
  for (const text of ["good morning", "goodmorning", "2014000000000-0", "17140000", `${known}${known}`]) {
    assert.equal(offset(["a", known], ["volatile", text]), known, text);
  }
  assert.equal(offset(["a", known], ["b", "1714000000001-0"]), "1714000000001-0");
});

test("a counter behind a dot may grow by a digit", () => {
  assert.equal(offset(["a", "1714000000.9"], ["b", "1714000000.10"]), "1714000000.10");
});

test("without a session that can be recovered nothing is kept", () => {
  const recovery = new Recovery();
  recovery.$saw(["a", "1714000000000"]);
  assert.equal(recovery.$offset, undefined);
  assert.equal(recovery.$recovered(undefined), undefined);
});

test("the same pid is the same session, and keeps the offset", () => {
  const recovery = after(["a", "1714000000000"]);
  assert.equal(recovery.$recovered("pid"), true);
  assert.equal(recovery.$offset, "1714000000000");
});

test("an offset of another session is forgotten (Q-09)", () => {
  for (const pid of ["other", undefined, 7, "", "with space"]) {
    const recovery = after(["a", "1714000000000"]);
    assert.equal(recovery.$recovered(pid), pid === "other" ? false : undefined);
    assert.equal(recovery.$offset, undefined, `${pid}`);
    assert.equal(recovery.$pid, pid === "other" ? "other" : undefined);
  }
});
