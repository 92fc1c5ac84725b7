// A case that must hold over several transports.

/** @returns the case once a transport, with its name in brackets */
export function over(transports, test) {
  return transports.map((transport) => ({ ...test, name: `${test.name} (${transport})`, transports: [transport] }));
}

export const BOTH = ["polling", "websocket"];
