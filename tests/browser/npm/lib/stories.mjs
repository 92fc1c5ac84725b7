// Which stories there are, and where each is told.
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../stories");

/** `[{ file, name, servers?, ways?, clients? }]`, in the order of their files. A story says itself where it makes no sense. */
export async function allStories() {
  const files = readdirSync(folder).filter((it) => it.endsWith(".js"));
  const modules = await Promise.all(files.map((it) => import(join(folder, it))));
  return files.flatMap((file, at) =>
    Object.entries(modules[at]).map(([name, { servers, ways, clients }]) => ({ file, name, servers, ways, clients })),
  );
}

/** Of all servers here only one can have WebTransport. */
export const isWay = (way, server) => !way.startsWith("webtransport") || server === "Node484";

/** Whether it is told with this server, this way of connecting and this client. */
export function isToldHere({ servers, ways, clients }, { server, way, client }) {
  return [[servers, server], [ways, way], [clients, client]].every(([only, it]) => !only || only.includes(it));
}
