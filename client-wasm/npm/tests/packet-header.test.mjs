// The header of a packet: its type, its namespace, its id (section 1.8); what is wrong is said in the reference's words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./lib/source.mjs";

const { Reader, written } = await source('export { Reader, written } from "./packet";');
const read = (frame) => new Reader().$read(frame);
const refused = (frame, why) => assert.throws(() => read(frame), (it) => it === why, frame.slice(0, 60));

test("what is usual is read", () => {
  const cases = {
    '42["a",1]': { $type: 2, $nsp: "/", $data: ["a", 1] },
    '427["a"]': { $type: 2, $nsp: "/", $id: 7, $data: ["a"] },
    '42/admin,["a"]': { $type: 2, $nsp: "/admin", $data: ["a"] },
    '42/admin,7["a"]': { $type: 2, $nsp: "/admin", $id: 7, $data: ["a"] },
    '4312["yes"]': { $type: 3, $nsp: "/", $id: 12, $data: ["yes"] },
    "430[]": { $type: 3, $nsp: "/", $id: 0, $data: [] },
    '40{"sid":"a"}': { $type: 0, $nsp: "/", $data: { sid: "a" } },
    '40/admin,{"sid":"a"}': { $type: 0, $nsp: "/admin", $data: { sid: "a" } },
    "41": { $type: 1, $nsp: "/" },
    "41/admin,": { $type: 1, $nsp: "/admin" },
    '44{"message":"no"}': { $type: 4, $nsp: "/", $data: { message: "no" } },
  };
  for (const [frame, packet] of Object.entries(cases)) assert.deepEqual({ ...read(frame) }, packet, frame);
});

test("types that there are not (B-10, B-11, F063)", () => {
  refused("4", "invalid payload");
  for (const type of ["7", "8", "9", "x", "-"]) refused(`4${type}["a"]`, `unknown packet type ${type}`);
});

test("a namespace without a comma, with a query, with a slash alone, and too long (F067)", () => {
  assert.equal(read("41/admin").$nsp, "/admin");
  assert.equal(read('42/admin?token=1,["a"]').$nsp, "/admin?token=1");
  assert.equal(read('42/,["a"]').$nsp, "/");
  assert.equal(read(`42/${"n".repeat(1023)},["a"]`).$nsp.length, 1024);
  refused(`42/${"n".repeat(1024)},["a"]`, "invalid payload");
  refused(`42/${"n".repeat(1 << 20)}`, "invalid payload");
});

test("ids that are no numbers, or that a double cannot count to (B-19, B-20, F068)", () => {
  assert.equal(read(`42${Number.MAX_SAFE_INTEGER}["a"]`).$id, Number.MAX_SAFE_INTEGER);
  const wrong = ["9007199254740992", "18446744073709551616", "9".repeat(400), "01", "00"];
  for (const id of wrong) refused(`42${id}["a"]`, "invalid packet id");
  // A space ends it, as JSON may begin with one.
  assert.equal(read('421 ["a"]').$id, 1);
  for (const id of ["1e3", "1 2", " 1", "-1", "0x1", "+1"]) assert.throws(() => read(`42${id}["a"]`), undefined, id);
});

test("an id where none belongs, and none where one does (F068, F069)", () => {
  for (const frame of ['401{"sid":"a"}', "411", '441{"message":"no"}']) refused(frame, "invalid packet id");
  refused('43["yes"]', "invalid packet id");
});

test("what is written is what is read", () => {
  const text = (data) => ({ $text: JSON.stringify(data), $buffers: [] });
  const cases = [
    ['42["a"]', 2, "/", undefined],
    ['420["a"]', 2, "/", 0],
    ['42/n,12["a"]', 2, "/n", 12],
    ['43/n,5["a"]', 3, "/n", 5],
  ];
  for (const [frame, type, nsp, id] of cases) {
    assert.deepEqual(written(type, nsp, id, text(["a"])), [frame]);
    const packet = read(frame);
    assert.deepEqual([packet.$type, packet.$nsp, packet.$id, packet.$data], [type, nsp, id, ["a"]]);
  }
  assert.deepEqual(written(1, "/n", undefined, { $text: "", $buffers: [] }), ["41/n,"]);
});
