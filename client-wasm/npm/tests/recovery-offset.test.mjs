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

test("a counter behind the clock may grow by a digit", () => {
  assert.equal(offset(["a", "1714000000.9"], ["b", "1714000000.10"]), "1714000000.10");
  assert.equal(offset(["a", "1763683200000-0"], ["b", "1763683200000-12"]), "1763683200000-12");
});

test("the events of one millisecond are counted in base 64 (P-102)", () => {
  for (const next of ["PfxrQjZ.A", "PfxrQjZ.z", "PfxrQjZ.-", "PfxrQjZ._", "PfxrQjZ.1-", "PfxrQjZ.10a"]) {
    assert.equal(offset(["a", "PfxrQjZ.9"], ["b", next]), next);
  }
});

test("what an application sends first gives way (Q-10)", () => {
  for (const first of ["alexander", "charles", "user-12345", "10.0.0.1", "3fa85f64-5717-4562-b3fc-2c963f66afa6"]) {
    for (const known of ["Q7___z2", "QA00002.1b", "1763683200000-0", "691f2a3b4c5d6e7f80910a1b"]) {
      assert.equal(offset(["a", first], ["b", known]), known, first);
      assert.equal(offset(["a", first], ["b", known], ["c", first]), known, first);
    }
  }
});

// An offset that stands still brings back what was already seen. In turn the built-in adapter, Redis streams, MongoDB;
// the second digit turns over, and then with it the first.
for (const [last, next] of [
  ["Q7___z2", "Q8000Ck"],
  ["Q9____z.3", "QA00002"],
  ["QZ____z", "Qa00002.1"],
  ["Qz____z", "Q-00002"],
  ["Q-____z", "Q_00002"],
  ["Q_____z", "R000002"],
  ["Z_____z.12", "a000002"],
  ["1799999999999-0", "1800000000000-0"],
  ["1999999999999-7", "2000000000000-12"],
  ["69ffffff4c5d6e7f80910a1b", "6a0000004c5d6e7f80910a1b"],
  ["6effffff4c5d6e7f80910a1b", "6f0000004c5d6e7f80910a1b"],
  ["6fffffff4c5d6e7f80910a1b", "700000004c5d6e7f80910a1b"],
]) {
  test(`${next} follows ${last} (P-102, Q-09)`, () => {
    assert.equal(offset(["a", last], ["b", next]), next);
  });
}

test("what is not the next does not follow (Q-10)", () => {
  for (const [known, ...texts] of [
    ["PfxrQjZ", "goodbye", "something", "Pizzeria", "Re00002", "Ph00002", "Qf00002"],
    ["PfxrQjZ", "PfxrQjZlonger", "PfxrQjZ.html", "PfxrQjZ.a.b", "PfxrQjZ-ab"],
    ["Q7___z2", "R800002", "R000002", "Q900002", "Q6___z2", "P8000Ck", "Q8000Ck-no", "q8000Ck"],
    ["1799999999999-0", "2000000000000-0", "180000000000-0", "1799999999999-0-0", "1600000000000-0"],
    ["69ffffff4c5d6e7f80910a1b", "6b0000004c5d6e7f80910a1b", "6a0000004c5d6e7f80910a1", "6900000-aa"],
  ]) {
    for (const text of texts) assert.equal(offset(["a", known], ["b", text]), known, text);
  }
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
