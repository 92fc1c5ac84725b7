// What the inspector shows of a packet: nothing that opens a door, however long and wherever it is.
import assert from "node:assert/strict";

import { decode } from "../../inspector/packets.js";

export function packets() {
  const long = `eyJ${"x".repeat(600)}`;
  const shown = (data) => decode({ type: "message", data }).text;
  assert.equal(shown(`0{"token":"${long}","name":"ada"}`), "{token, name}");
  assert.equal(shown(`0/admin,{"token":"short"}`), "{token}");
  assert.equal(shown(`0{"sid":"abc","pid":"def"}`), "{sid, pid}");
  assert.equal(shown("0"), "");
  assert.equal(shown("0{not json"), "…");
  for (const secret of [
    `"token":"${long}"`,
    '"password":"ab\\"cdef"',
    '"accessToken": "abc"',
    '"deep":{"jwt":"abc"}',
    '"pin \\" of":"x","sid":"abc"',
    '"api_key":123',
  ]) {
    const text = shown(`2["login",{${secret},"name":"ada"}]`);
    assert.doesNotMatch(text, /eyJ|cdef|abc|123/, secret);
    assert.match(text, /"name":"ada"/, secret);
  }
  assert.equal(shown('2["said","token","of love"]'), '["said","token","of love"]');
  assert.equal(shown(`2["${"y".repeat(500)}"]`).length, 402);
}
