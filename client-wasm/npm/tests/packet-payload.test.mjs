// What a packet carries must fit its type (section 1.8).
import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./lib/source.mjs";

const { Reader } = await source('export { Reader } from "./packet";');
const read = (frame) => new Reader().$read(frame);
const refused = (...frames) => frames.forEach((it) => assert.throws(() => read(it), undefined, it.slice(0, 60)));

test("an event is a list with a name (B-12, B-13, F072, F074)", () => {
  refused("42", "42[]", "42{}", "42[true]", "42[null]", "42[{}]", "42[[]]", '42"a"', "421", "42null");
  for (const name of ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"]) {
    refused(`42["${name}"]`, `42/n,1["${name}"]`);
  }
});

test("JSON is whole, and nothing is behind it (B-13, F070)", () => {
  refused('42["a"]x', '42["a"', '42["a",]', '42["a"]\u0000', "42['a']", '42["a",NaN]', '42["a",+1]');
});

test("a name may be a number (B-14, F073)", () => {
  assert.deepEqual(read('42[1,"a"]').$data, [1, "a"]);
});

test("an answer is a list (B-22, F069)", () => {
  refused("431", "431{}", '431"a"', "431null");
  assert.deepEqual(read("431[]").$data, []);
  assert.deepEqual(read("431[null]").$data, [null]);
});

test("a DISCONNECT carries nothing (B-23, F078)", () => {
  refused("41[]", "41{}", '41"bye"', "41null", "41/n,1");
});

test("an answer to CONNECT without an id is one of an older server (B-26, F003, F076)", () => {
  const OLDER = 5;
  const answers = ["40", "40{}", '40{"sid":1}', '40{"sid":""}', '40{"sid":null}', `40{"sid":"${"a".repeat(257)}"}`];
  for (const it of answers) assert.equal(read(it).$type, OLDER, it.slice(0, 40));
  assert.equal(read(`40{"sid":"${"a".repeat(256)}"}`).$type, 0);
  refused("40[]", '40"a"', "401", "40null", "40{");
});

test("a refusal is an object or a text, or nothing is said (B-24, B-25, F077)", () => {
  assert.equal(read('44"no"').$data, "no");
  assert.deepEqual(read("44").$data, {});
  assert.deepEqual(read('44{"data":1}').$data, { data: 1 });
  refused("44[]", "441", "44null", "44true");
});

test("odd JSON is what JavaScript makes of it (F070, F075)", () => {
  assert.deepEqual(read('42["a",1e400,-0]').$data, ["a", Infinity, -0]);
  assert.equal(read('42["a",{"b":1,"b":2}]').$data[1].b, 2);
  assert.equal(read('42["a","\\ud800"]').$data[1], "\ud800");
  const [, it] = read('42["a",{"__proto__":{"polluted":1},"constructor":1}]').$data;
  assert.deepEqual(Object.keys(it), ["__proto__", "constructor"]);
  assert.equal({}.polluted, undefined);
});
