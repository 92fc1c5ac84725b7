// Placeholders that no honest server writes: a parse error, and nothing of it reaches a listener (P-84, B-18).
import assert from "node:assert/strict";
import { test } from "node:test";
import { WAYS, joined, serve } from "./lib/place.mjs";
import { heard } from "./lib/wait.mjs";

const NUMBERS = ["1", "-1", "0.5", "1e9", '"0"', "null", "true", "[0]", '{"length":1}', '"length"', '"__proto__"'];
const HEADERS = { "51-": ["event"], "61-0": [] };

for (const [way, options] of Object.entries({ polling: WAYS.polling, websocket: WAYS.websocket })) {
  for (const [header, start] of Object.entries(HEADERS)) {
    test(`a number that is no attachment's, after ${header}, ${way}`, async (t) => {
      const place = await serve(t);
      for (const number of [...NUMBERS, undefined]) {
        const { socket, peer } = await joined(place, { ...options, reconnection: false });
        let heardOf = 0;
        socket.onAny(() => heardOf++);
        socket.timeout(60_000).emit("never answered", (error) => (error ? 0 : heardOf++));
        const gone = heard(socket, "disconnect");
        const placeholder = `{"_placeholder":true${number === undefined ? "" : `,"num":${number}`}}`;
        peer.conn.write(`${header}[${[...start.map((it) => `"${it}"`), placeholder]}]`);
        peer.conn.write(Buffer.from("bytes"));
        const [reason] = await gone;
        assert.equal(reason, "parse error", `num is ${number}`);
        assert.equal(heardOf, 0);
      }
    });
  }

  test(`placeholders nested, doubled, out of order and left out are fine, ${way}`, async (t) => {
    const { socket, peer } = await joined(await serve(t), options);
    const event = heard(socket, "event");
    const it = (num) => ({ _placeholder: true, num });
    peer.conn.write(`53-${JSON.stringify(["event", { deep: [it(2), it(0), it(2)] }, { _placeholder: 1, num: 0 }])}`);
    for (const bytes of ["zero", "one", "two"]) peer.conn.write(Buffer.from(bytes));
    assert.deepEqual(await event, [
      { deep: [Buffer.from("two"), Buffer.from("zero"), Buffer.from("two")] },
      { _placeholder: 1, num: 0 },
    ]);
  });

  test(`names of an object's own members pollute nothing, ${way}`, async (t) => {
    const { socket, peer } = await joined(await serve(t), options);
    const event = heard(socket, "event");
    const hostile = '{"__proto__":{"polluted":{"_placeholder":true,"num":0}},"constructor":{"prototype":1}}';
    peer.conn.write(`51-["event",${hostile}]`);
    peer.conn.write(Buffer.from("bytes"));
    const [value] = await event;
    assert.equal({}.polluted, undefined);
    assert.equal(value.polluted, undefined);
    assert.deepEqual(Object.getOwnPropertyDescriptor(value, "__proto__").value.polluted, Buffer.from("bytes"));
  });

  test(`nesting that would use up the stack is a parse error, ${way}`, async (t) => {
    const { socket, peer } = await joined(await serve(t), { ...options, reconnection: false });
    const gone = heard(socket, "disconnect");
    peer.conn.write(`51-["event",${"[".repeat(100_000)}${"]".repeat(100_000)}]`);
    peer.conn.write(Buffer.from("bytes"));
    assert.equal((await gone)[0], "parse error");
  });
}
