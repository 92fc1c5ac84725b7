// A namespace with a door: the middleware of the tutorials, and one that takes its time.

import { after, listen } from "./listen.mjs";

const TOKENS = new Set(["mysecrettoken", "secret", "123"]);

export function auth(io) {
  const secure = io.of("/secure");
  secure.use((socket, next) => {
    const { token } = socket.handshake.auth;
    if (TOKENS.has(token)) return next();
    const error = new Error("Unauthorized");
    error.data = token === undefined ? { code: "no_token", retry: false } : { code: "bad_token", retry: true };
    return next(error);
  });
  secure.on("connection", (socket) => {
    listen(socket, { secret: (_args, ack) => ack("the cake is a lie") });
  });

  const slow = io.of("/slow");
  slow.use(async (socket, next) => {
    await after(socket.handshake.auth.delay);
    next();
  });
  slow.on("connection", (socket) => {
    listen(socket, { ready: (_args, ack) => ack(true) });
  });
}
