// The pages, the stories and the clients over HTTP, as a plain web server has them.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { extname, join, normalize } from "node:path";

const here = join(import.meta.dirname, "..");
const dist = join(here, "../../../client-wasm/npm/dist");
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript" };

/** What pages import; both are the minified ES module that an application loads. */
export const CLIENTS = {
  "/client/sockeye-client.js": join(dist, "index.js"),
  "/client/socket.io-client.js": join(here, "node_modules/socket.io-client/dist/socket.io.esm.min.js"),
};

/** Serves this folder on the loopback; `more` are further files by path. */
export async function openSite(more = {}) {
  const files = { ...CLIENTS, ...more };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://x");
    const path = files[pathname] ?? join(here, normalize(pathname));
    if (!existsSync(path) || !statSync(path).isFile()) return response.writeHead(404).end();
    // Read anew at each load, but no reason to keep a page out of the back-forward cache.
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/plain", "cache-control": "no-cache" });
    createReadStream(path).pipe(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
