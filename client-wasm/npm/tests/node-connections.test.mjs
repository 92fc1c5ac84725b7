// In Node the options of a connection hold for polling, too: certificates, agents (O-25 to O-28).
import assert from "node:assert/strict";
import { Agent, createServer as plain } from "node:http";
import { Agent as SecureAgent, createServer } from "node:https";
import { test } from "node:test";
import { Server } from "socket.io";
import { cert, key } from "./lib/certificate.mjs";
import { WAYS, join, joined, serve } from "./lib/place.mjs";
import { heard, until, within } from "./lib/wait.mjs";

/** As `serve`, over TLS, by a certificate that nobody has signed. */
async function serveSecurely(t, options = {}) {
  const http = createServer({ key, cert, ...options });
  const server = new Server(http);
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  const place = { server, http, url: `https://127.0.0.1:${http.address().port}`, clients: [] };
  t.after(async () => {
    for (const socket of place.clients) socket.disconnect();
    await new Promise((resolve) => server.close(resolve));
  });
  return place;
}

const TRUSTING = {
  "rejectUnauthorized: false": { rejectUnauthorized: false },
  ca: { ca: cert },
  "ca and checkServerIdentity": { ca: cert, checkServerIdentity: () => undefined },
  agent: { agent: new SecureAgent({ ca: cert }) },
};

for (const [way, transports] of Object.entries(WAYS)) {
  for (const [name, options] of Object.entries(TRUSTING)) {
    test(`a certificate of the server's own, ${way}, ${name}`, async (t) => {
      const { socket, peer } = await joined(await serveSecurely(t), { ...transports, ...options });
      peer.on("echo", (value, done) => done(value));
      const value = "é".repeat(100_000);
      assert.equal(await socket.emitWithAck("echo", value), value);
    });
  }

  test(`without an option it is not trusted, not even after another client trusted it, ${way}`, async (t) => {
    const place = await serveSecurely(t);
    await joined(place, { ...transports, rejectUnauthorized: false });
    for (const options of [{}, { rejectUnauthorized: true }, { ca: cert, checkServerIdentity: () => new Error("not you") }]) {
      const [error] = await heard(join(place, { ...transports, ...options, reconnection: false }), "connect_error");
      assert.match(error.message, /^(xhr poll|websocket) error$/);
    }
  });

  test(`a certificate of the client's own, ${way}`, async (t) => {
    const place = await serveSecurely(t, { requestCert: true, rejectUnauthorized: true, ca: cert });
    await joined(place, { ...transports, ca: cert, key, cert });
    await heard(join(place, { ...transports, ca: cert, reconnection: false }), "connect_error");
  });

  test(`an agent makes all connections, ${way}`, async (t) => {
    let made = 0;
    class Counting extends Agent {
      createConnection(...args) {
        made++;
        return super.createConnection(...args);
      }
    }
    const place = await serve(t);
    let seen = 0;
    place.http.on("connection", () => seen++);
    await joined(place, { ...transports, agent: new Counting() });
    assert.ok(made > 0);
    await until(() => seen === made);
  });
}

const POLLING = { ...WAYS.polling, reconnection: false, timeout: 5_000 };

/** A server of HTTP that answers as told; a client that polls it through an agent. */
async function answering(t, answer, options = {}) {
  const http = plain(answer);
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  t.after(() => (http.close(), http.closeAllConnections()));
  const place = { url: `http://127.0.0.1:${http.address().port}`, clients: [] };
  return { http, socket: join(place, { ...POLLING, agent: new Agent(), ...options }) };
}

test("what is answered is limited (F022), and what is refused is told with its status", async (t) => {
  const { socket } = await answering(t, (_, response) => response.end(Buffer.alloc((1 << 24) + 1, 48)));
  const [long] = await heard(socket, "connect_error");
  assert.equal(long.message, "xhr poll error");
  assert.equal(long.context.message, "the body is too large");
  const { socket: other } = await answering(t, (_, response) => response.writeHead(403).end("no"));
  const [refused] = await heard(other, "connect_error");
  assert.deepEqual([refused.description, refused.context.responseText], [403, "no"]);
});

test("a redirect is followed within the origin, and five times at the most (F012)", async (t) => {
  const place = await serve(t);
  let asked = 0;
  const { socket } = await answering(t, (request, response) => {
    asked++;
    response.writeHead(302, { location: request.url }).end();
  });
  const [error] = await heard(socket, "connect_error");
  assert.deepEqual([error.description, asked], [302, 6]);
  const away = await answering(t, (_, response) => response.writeHead(307, { location: place.url }).end());
  assert.equal((await heard(away.socket, "connect_error"))[0].description, 307);
});

test("a request that waits ends with its client", async (t) => {
  const place = await serve(t);
  const { socket } = await joined(place, { ...WAYS.polling, agent: new Agent() });
  const open = new Set();
  place.http.on("request", (_, response) => open.add(response.on("close", () => open.delete(response))));
  await until(() => open.size > 0);
  socket.io.engine.close();
  await until(() => open.size === 0);
});

test("cookies go along (O-19)", async (t) => {
  const place = await serve(t);
  place.server.engine.on("initial_headers", (headers) => (headers["set-cookie"] = ["a=1", "b=2"]));
  const sent = within("cookie", (resolve) => {
    place.http.prependListener("request", ({ headers }) => headers.cookie && resolve(headers.cookie));
  });
  await joined(place, { ...WAYS.polling, withCredentials: true, agent: new Agent() });
  assert.equal(await sent, "a=1; b=2");
});
