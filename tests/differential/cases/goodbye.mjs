// P-70 after an error: the reference ends its session with a packet, as long as the server can be reached.

/**
 * Ends a case in which the goodbye comes at no certain time: what a second connection sends is proof that the first
 * one's goodbye had its time, as the client sent it earlier.
 */
export async function goodbye({ connect, until, server }) {
  connect({ forceNew: true, transports: ["polling"], upgrade: false, reconnection: false }, { name: "fence" });
  await until("fence connect");
  await server.until("#2 polling 40");
}
