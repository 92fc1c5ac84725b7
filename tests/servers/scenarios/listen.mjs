// How every scenario listens: the arguments as a list, the acknowledgement apart, and no exception out of a handler.
// A bare `socket.on` would let one malformed event of a test end the server for all the others.

import { wait } from "./limits.mjs";

const IGNORED = () => {};

/** `handlers` maps an event to `(args, ack) => …`; `ack` does nothing when the client asked for none. */
export function listen(socket, handlers) {
  for (const [event, handle] of Object.entries(handlers)) {
    socket.on(event, async (...args) => {
      const ack = typeof args.at(-1) === "function" ? args.pop() : IGNORED;
      try {
        await handle(args, ack);
      } catch (error) {
        socket.emit("error", { message: `${event}: ${error.message}` });
      }
    });
  }
}

export function after(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, wait(milliseconds)));
}

/** Whether the socket is still there after that time. What waits ends with it. */
export function waited(socket, milliseconds) {
  return new Promise((resolve) => {
    const end = (isThere) => {
      clearTimeout(timer);
      socket.off("disconnect", gone);
      resolve(isThere);
    };
    const gone = () => end(false);
    const timer = setTimeout(end, wait(milliseconds), true);
    socket.on("disconnect", gone);
  });
}
