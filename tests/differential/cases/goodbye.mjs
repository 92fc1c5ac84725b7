// P-70 after an error: the reference ends its session with a packet, as long as the server can be reached.

/** For a case over polling in which a session ends by an error. */
export const NO_GOODBYE = {
  why: "no goodbye over polling after an error: the server keeps the session until its ping timeout",
  wire: (lines) => lines.filter((line) => !/^#\d+ polling 1$/.test(line)),
};

/**
 * Ends a case in which the goodbye may come or not: what a second connection sends is proof that the first one's
 * goodbye had its time, as the client sent it earlier.
 */
export async function goodbye({ connect, until, server }) {
  connect({ forceNew: true, transports: ["polling"], upgrade: false, reconnection: false }, { name: "fence" });
  await until("fence connect");
  await server.until("#2 polling 40");
}
