// Several servers that act as one, by way of Redis: what one of them sends reaches the clients of all.

import { createAdapter as pubsub } from "@socket.io/redis-adapter";
import { createAdapter as streams } from "@socket.io/redis-streams-adapter";
import { createClient } from "redis";

/** Each makes what `new Server(…, { adapter })` takes, of two connections to Redis. */
export const ADAPTERS = {
  pubsub: (commands, messages) => pubsub(commands, messages),
  // It makes the other connections it needs by itself, and keeps the sessions that can be recovered.
  streams: (commands) => streams(commands),
};

/** Redis cannot be reached: told in one sentence, without a stack. */
export class NoRedis extends Error {}

/** Resolves to `{adapter, close}` once Redis has answered. */
export async function joinNodes({ url, adapter }) {
  const { host } = new URL(url);
  let reached = false;
  // The first time somebody waits for the answer; later a Redis that was there is waited for.
  const reconnectStrategy = (attempts) => reached && Math.min(50 * attempts, 1_000);
  const commands = createClient({ url, socket: { reconnectStrategy } });
  const messages = commands.duplicate();
  for (const client of [commands, messages]) client.on("error", () => {});
  try {
    await commands.connect();
    await messages.connect();
  } catch (error) {
    const why = error.errors?.[0]?.message ?? error.message;
    throw new NoRedis(
      `no way to the other servers by Redis at ${host}: ${why}; start Redis 6.2 or later there, mend --redis, or leave it out`,
    );
  }
  reached = true;
  // Closing waits for what has been asked for: the sessions that are kept for recovery are among it.
  const close = () => Promise.all([commands.close(), messages.close()]);
  return { adapter: ADAPTERS[adapter](commands, messages), close };
}
