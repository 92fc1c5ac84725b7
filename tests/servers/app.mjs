// Express and socket.io on one HTTP server, as the tutorials have it: `server.listen`, never `app.listen`.

import { createServer } from "node:http";
import express from "express";
import { joinNodes } from "./nodes.mjs";
import { installScenarios } from "./scenarios/index.mjs";
import { loadServer } from "./versions.mjs";
import { allowOrigins, takeSessions } from "./webtransport.mjs";

/** Listens on the loopback only and resolves once the port is known. */
export async function startApp({ version, port, adminToken, nodes, webtransport, server: serverOptions }) {
  const app = express();
  app.disable("x-powered-by");
  app.get("/", (_request, response) => {
    response.type("text/plain").send(`Scenario server for tests, socket.io ${version}\n`);
  });
  app.get("/api/hello", (_request, response) => response.json({ message: "Hello from Express API" }));
  app.get("/api/health", (_request, response) => response.json({ status: "ok" }));

  const http = createServer(app);
  const Server = await loadServer(version);
  const others = nodes && (await joinNodes(nodes));
  const io = new Server(http, { allowRequest: gate, adapter: others?.adapter, ...serverOptions });
  installScenarios(io, { adminToken });
  if (webtransport) takeSessions(http, io);
  if (webtransport?.cors) allowOrigins(http, webtransport.cors);

  await new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, "127.0.0.1", resolve);
  });
  /** Tells every client, and keeps what another node needs to go on with them. */
  const close = async () => {
    await io.close();
    await others?.close();
  };
  return { close, port: http.address().port };
}

/** A handshake with `?refuse=…` is turned away before there is a session: HTTP 403, code 4. */
function gate(request, decide) {
  const refuse = new URL(request.url, "http://localhost").searchParams.get("refuse");
  decide(refuse, refuse === null);
}
