// Pages as tutorials print them, unchanged but for the address of the server: a chat by a script tag, a namespace, the
// console, a room with names and who is typing, and a React component. The server does what the tutorials' servers do.
import { createReadStream, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "../../lib/files.mjs";
import { program } from "../../lib/programs.mjs";
import { copyFiles, tool } from "../../lib/workshop.mjs";
import { installScenarios } from "../../../servers/scenarios/index.mjs";
import { loadServer } from "../../../servers/versions.mjs";

const SCRIPT = "/socket.io/socket.io.js";

export async function site({ dir, client, server }) {
  copyFiles(dir, client);
  replace(join(dir, "received.html"), "https://cdn.socket.io/4.7.2/socket.io.min.js", SCRIPT);
  replace(join(dir, "received.html"), "http://localhost:5000", server);
  replace(join(dir, "status/socket.js"), "http://localhost:3000", server);
  // StrictMode mounts twice while one develops.
  const flags = ["--bundle", "--format=esm", "--jsx=automatic", '--define:process.env.NODE_ENV="development"'];
  await program(dir, tool("esbuild"), "status/main.jsx", ...flags, "--outfile=status.js");

  const files = await serve(dir);
  const Server = await loadServer("4.8.4");
  const io = new Server(files.http);
  installScenarios(io);
  serveClient(files.http, join(dir, "client.script.js"));
  return { url: files.url, stop: () => io.close() };
}

/** The client that is tested, where servers have theirs. */
function serveClient(http, script) {
  const others = http.listeners("request");
  http.removeAllListeners("request");
  http.on("request", (request, response) => {
    if (request.url !== SCRIPT) return others.forEach((it) => it.call(http, request, response));
    response.writeHead(200, { "content-type": "text/javascript" });
    createReadStream(script).pipe(response);
  });
}

function replace(file, from, to) {
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(file, text.replaceAll(from, to));
}
