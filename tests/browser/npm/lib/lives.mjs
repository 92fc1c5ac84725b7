// What pages go through, by file.
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../lives");

/** `[{ file, name, live, browsers?, clients? }]`: each says itself where it makes no sense. */
export async function allLives() {
  const files = readdirSync(folder).filter((it) => it.endsWith(".mjs"));
  const modules = await Promise.all(files.map((it) => import(join(folder, it))));
  return files.flatMap((file, at) =>
    Object.entries(modules[at]).map(([name, live]) => ({ file, name, live, browsers: live.browsers, clients: live.clients })),
  );
}

/** Whether it is lived in this browser with this client. */
export const isLivedHere = ({ browsers, clients }, browser, client) =>
  (browsers?.includes(browser) ?? true) && (clients?.includes(client) ?? true);
