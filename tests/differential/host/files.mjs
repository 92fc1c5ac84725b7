// The pages' files: this folder's modules that run in a page, and the clients as they are published.

import { createReadStream, existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const FOLDER = fileURLToPath(new URL("..", import.meta.url));

/** @param clients where each client's files are: `{ reference: "/…/dist/socket.io.esm.min.js" }` */
export function serveFiles(clients) {
  const roots = { "/differential/": FOLDER };
  for (const [name, file] of Object.entries(clients)) roots[`/clients/${name}/`] = path.dirname(file);

  return (request, response) => {
    const address = new URL(request.url, "http://host").pathname;
    const prefix = Object.keys(roots).find((root) => address.startsWith(root));
    if (address === "/differential/page.html") {
      response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
      return;
    }
    const file = prefix && path.join(roots[prefix], path.normalize(address.slice(prefix.length)));
    if (!file || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  };
}

/**
 * The reference as a bundler of an application makes it. The published file for script tags has short names for the
 * members that begin with `_`, and code in the wild reads some of those (3.8).
 */
export async function bundleReference(entry, folder) {
  const outfile = path.join(folder, "socket.io-client.js");
  await build({ entryPoints: [entry], outfile, bundle: true, format: "esm", platform: "browser", logLevel: "error" });
  return outfile;
}

/** The address of a client's file on any server that serves these files. */
export function clientAddress(name, file) {
  return `/clients/${name}/${path.basename(file)}`;
}

// Without an icon of its own the browser asks for one, of the server that is scripted.
const PAGE = `<!doctype html><title>differential</title><link rel="icon" href="data:,">`;

const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
