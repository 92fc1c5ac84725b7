// What an object can have together has names of its own; all else may share.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shortNames } from "./members.mjs";

const CODE = `
var Base = class { $both = 1; };
class One extends Base { $one() { return this.$both + this.$both; } }
var Two = class extends Base { $two; };
const literal = { $left: 1, $right: 2, other: 3 };
function f() {}
f.$given = 1;
f.$too = 2;
const { $one, $$machine } = literal;
`;

test("members of one object differ, those of different objects need not", () => {
  const names = shortNames([CODE]);
  const differ = (...list) => assert.equal(new Set(list.map((it) => names[it])).size, list.length, `${list}`);
  differ("$both", "$one");
  differ("$both", "$two");
  differ("$left", "$right");
  differ("$given", "$too");
  differ("$left", "$given");
  assert.equal(names.$one, names.$two);
  assert.ok(new Set(Object.values(names)).size < Object.keys(names).length);
});

test("they keep the sign, and what is the machine's or nobody's is left alone", () => {
  const names = shortNames([CODE]);
  assert.ok(Object.values(names).every((it) => /^\$[a-zA-Z]$/.test(it)));
  assert.deepEqual(Object.keys(names).sort(), ["$both", "$given", "$left", "$one", "$right", "$too", "$two"]);
});
