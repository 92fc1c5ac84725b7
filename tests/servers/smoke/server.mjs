// The command line and the options behind it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { startServer, withServer, within } from "./harness.mjs";

const SERVER = fileURLToPath(new URL("../server.mjs", import.meta.url));

export function serverItself(it) {
  it("ends with its stdin", async () => {
    const server = await startServer();
    assert.equal(await server.stop(), 0);
    await assert.rejects(fetch(server.url));
  });

  it("tells of a mistake in one sentence, exit code 2", async () => {
    for (const [args, sentence] of [
      [["--version", "2"], /^unknown version "2": say one of /],
      [["--port", "99999"], /^--port "99999" is not a whole number/],
      [["--recovery", "--version", "4.0"], /^socket\.io 4\.0 has no connection state recovery/],
      [["--transports", "pigeon"], /^--transports "pigeon": say /],
      [["--webtransport", "--version", "4.0"], /^socket\.io 4\.0 has no WebTransport/],
      [["--cors-credentials"], /^--cors-credentials needs /],
      [["--nonsense"], /^Unknown option '--nonsense'/],
    ]) {
      const { code, stderr } = await run(args);
      assert.equal(code, 2);
      assert.match(stderr, sentence);
      assert.equal(stderr.trim().split("\n").length, 1);
    }
  });

  it("says so when the port is taken", async () => {
    await withServer([], async ({ url }) => {
      const { port } = new URL(url);
      const { code, stderr } = await run(["--port", port]);
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`^port ${port} is taken`));
    });
  });

  it("passes its options on to the handshake", async () => {
    const args = ["--ping-interval", "300", "--ping-timeout", "200", "--max-payload", "5000", "--no-upgrades"];
    await withServer(args, async ({ url }) => {
      const open = JSON.parse((await (await handshake(url)).text()).slice(1));
      const { sid, ...rest } = open;
      assert.equal(typeof sid, "string");
      assert.deepEqual(rest, { upgrades: [], pingInterval: 300, pingTimeout: 200, maxPayload: 5000 });
    });
  });

  it("speaks CORS and sets cookies when told to", async () => {
    const origin = "http://localhost:5173";
    await withServer(["--cors-origin", origin, "--cors-credentials", "--cookie", "io"], async ({ url }) => {
      const { headers } = await handshake(url, { origin });
      assert.equal(headers.get("access-control-allow-origin"), origin);
      assert.equal(headers.get("access-control-allow-credentials"), "true");
      assert.match(headers.get("set-cookie"), /^io=/);
    });
    await withServer([], async ({ url }) => {
      assert.equal((await handshake(url, { origin })).headers.get("access-control-allow-origin"), null);
    });
  });

  it("can be kept to one transport", async () => {
    await withServer(["--transports", "websocket"], async ({ url }) => {
      assert.equal((await handshake(url)).status, 400);
    });
  });

  it("takes a session of WebTransport as a connection that was upgraded to it", async () => {
    await withServer(["--webtransport", "--cors-origin", "*"], async ({ url }) => {
      const answered = await handshake(url, { origin: "http://localhost:5173" });
      assert.equal(answered.headers.get("access-control-allow-origin"), "*");
      assert.deepEqual(JSON.parse((await answered.text()).slice(1)).upgrades, ["websocket", "webtransport"]);

      const session = await upgraded(url, "/webtransport/socket.io/");
      assert.match(await session.heard(/\r\n\r\n/), /^HTTP\/1.1 101 /);
      // An engine's open packet and a namespace's CONNECT, each with its length.
      session.write("\x010");
      assert.match(await session.heard(/"maxPayload"/), /0\{"sid":/);
      session.write("\x0240");
      await session.heard(/40\{"sid":/);
      // What is no frame ends it.
      session.write("\0");
      await within(once(session.socket, "end"), "the end of the session");
      session.socket.destroy();

      const elsewhere = await upgraded(url, "/webtransport/elsewhere/");
      assert.match(await elsewhere.heard(/\r\n\r\n/), /^HTTP\/1.1 404 /);
      elsewhere.socket.destroy();
    });
  });
}

/** A connection that has asked to be a session. */
async function upgraded(url, path) {
  const { port } = new URL(url);
  const socket = connect(port, "127.0.0.1");
  let said = "";
  socket.on("data", (bytes) => (said += bytes));
  await within(once(socket, "connect"), "the connection");
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: webtransport\r\n\r\n`);
  return {
    socket,
    write: (text) => socket.write(text),
    /** All that was said, when it has this. */
    async heard(pattern) {
      while (!pattern.test(said)) await within(once(socket, "data"), `${pattern}`);
      return said;
    },
  };
}

function handshake(url, headers = {}) {
  return fetch(`${url}/socket.io/?EIO=4&transport=polling`, { headers });
}

async function run(args) {
  const child = spawn(process.execPath, [SERVER, ...args], { stdio: ["pipe", "ignore", "pipe"] });
  const [stderr, [code]] = await within(Promise.all([text(child.stderr), once(child, "exit")]), "the end of the server");
  return { code, stderr };
}
