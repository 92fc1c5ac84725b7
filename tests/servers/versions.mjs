// Which server is meant by `--version`. Names on the left are what a caller may say; the package is loaded only when asked for,
// so that a fault in one version's installation cannot stop the others.

const PACKAGES = {
  "4.8.4": "socket.io",
  "4.0": "socket.io-4.0",
  "3.1": "socket.io-3.1",
};

export const VERSIONS = Object.keys(PACKAGES);

/** Connection state recovery came with socket.io 4.6. */
export const RECOVERS = new Set(["4.8.4"]);

/** WebTransport with 4.7. */
export const KNOWS_WEBTRANSPORT = new Set(["4.8.4"]);

export async function loadServer(version) {
  const { Server } = await import(PACKAGES[version]);
  return Server;
}
