import assert from "node:assert/strict";

export function web(it, url) {
  it("REST stands beside the sockets", async () => {
    const hello = await fetch(`${url()}/api/hello`);
    assert.match((await hello.json()).message, /^Hello from /);
    const health = await fetch(`${url()}/api/health`);
    assert.deepEqual(await health.json(), { status: "ok" });
  });

  it("has a page that says what it is", async () => {
    const page = await fetch(url());
    assert.equal(page.status, 200);
    assert.match(await page.text(), /server/i);
  });

  it("turns a handshake away at the gate", async () => {
    const refused = await fetch(`${url()}/socket.io/?EIO=4&transport=polling&refuse=closed`);
    assert.equal(refused.status, 403);
    assert.deepEqual(await refused.json(), { code: 4, message: "closed" });
  });
}
