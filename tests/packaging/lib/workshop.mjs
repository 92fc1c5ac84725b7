// A folder in which the projects find the client as an application would: unpacked from its tarball.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const here = join(import.meta.dirname, "..");
const npm = join(here, "../../client-wasm/npm");

/** Makes the folder for one client; returns where it is. */
export function openWorkshop(client) {
  // Below this folder, so that what the heavy projects are built with is found above, installed once.
  const folder = join(here, ".work", client);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  if (client === "sockeye-client") unpack(folder);
  return folder;
}

export const closeWorkshop = (folder) => rmSync(folder, { recursive: true, force: true });

/** A copy of what all projects share and of the project's own sources, with the client's name in the place of `CLIENT`. */
export function copyProject(workshop, name, client) {
  const to = join(workshop, name);
  const projects = join(here, "projects");
  for (const from of [projects, join(projects, name)]) {
    for (const file of readdirSync(from, { recursive: from !== projects })) {
      if (!statSync(join(from, file)).isFile() || file === "project.mjs") continue;
      mkdirSync(dirname(join(to, file)), { recursive: true });
      const text = readFileSync(join(from, file), "utf8").replaceAll("CLIENT", client);
      writeFileSync(join(to, file), text.replaceAll("PARSER", PARSER[client]));
    }
  }
  return to;
}

/** The files of the client that a page loads without a bundler, beside the page. */
export function copyFiles(dir, client, names = PLAIN[client]) {
  const found = [join(dir, ".."), here].map((folder) => join(folder, "node_modules", client, "dist")).find(existsSync);
  for (const [name, as = name] of names) cpSync(join(found, name), join(dir, as));
}

const PARSER = { "sockeye-client": "sockeye-client/msgpack", "socket.io-client": "socket.io-msgpack-parser" };
/** What is where, and what the pages call it. */
const PLAIN = {
  "sockeye-client": [["index.js", "client.js"], ["sockeye.min.js", "client.script.js"]],
  "socket.io-client": [["socket.io.esm.min.js", "client.js"], ["socket.io.min.js", "client.script.js"]],
};

/** A tool of this folder's own installation. */
export const tool = (name) => join(here, "node_modules/.bin", name);

function unpack(folder) {
  if (!existsSync(join(npm, "dist/index.js"))) throw new Error("there is no package: cargo run -p sockeye-pack");
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: npm, encoding: "utf8" });
  execFileSync("tar", ["-xzf", packed.trim()], { cwd: folder });
  cpSync(join(folder, "package"), join(folder, "node_modules/sockeye-client"), { recursive: true });
}
