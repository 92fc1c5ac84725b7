// Where a story takes place, and what most of them do there.
import { until, within } from "./deadline.js";
import { ears, join } from "./ears.js";
import { Stage } from "./stage.js";

export const TRANSPORTS = {
  polling: ["polling"],
  websocket: ["websocket"],
  upgrade: ["polling", "websocket"],
  webtransport: ["webtransport"],
  "webtransport-upgrade": ["polling", "webtransport"],
};

/** What a manager is given for servers whose certificate nobody but the stage vouches for. */
export const trusting = (certificate) => {
  const value = Uint8Array.from(certificate.match(/../g), (it) => parseInt(it, 16));
  return { transportOptions: { webtransport: { serverCertificateHashes: [{ algorithm: "sha-256", value }] } } };
};

export class Setting {
  #managers = [];

  /** `client`: the module under test; `server`: its kind, at `url`; `way`: a name in `TRANSPORTS`. */
  constructor({ client, server, url, way, stage, certificate }) {
    Object.assign(this, { client, server, url, way });
    this.isRust = server === "Rust";
    this.isPython = server === "Python";
    this.transports = TRANSPORTS[way];
    // Where a connection begins, and where it stays.
    [this.first, this.last] = [this.transports[0], this.transports.at(-1)];
    const webtransport = this.last === "webtransport";
    this.stage = new Stage(stage, { webtransport });
    this.trust = webtransport ? trusting(certificate) : {};
  }

  /** A connection of its own that comes back fast when it is lost, so that stories do not wait. */
  manager(options = {}, url = this.url) {
    const { transports, trust } = this;
    // Chromium has a page pay for handshakes of WebTransport that failed: fewer of them come back sooner.
    const [reconnectionDelay, reconnectionDelayMax] = this.first === "webtransport" ? [200, 1000] : [20, 200];
    const fast = { ...trust, transports, reconnectionDelay, reconnectionDelayMax, autoConnect: false };
    const manager = new this.client.Manager(url, { ...fast, ...options });
    this.#managers.push(manager);
    return manager;
  }

  /** A client that has joined a namespace, on a connection of its own. */
  join(namespace, options, url) {
    return join(this.manager(options, url).socket(namespace, options));
  }

  /** A client on `/`. */
  socket(options, url) {
    return this.join("/", options, url);
  }

  /** A client on `/` that has moved to where it will stay. */
  async settled(options, url) {
    const socket = this.manager(options, url).socket("/", options);
    await this.moved(socket.io, () => join(socket));
    return socket;
  }

  /** Waits for the upgrade of a manager that `begin` connects, if there is to be one. */
  async moved(manager, begin) {
    let upgraded;
    const upgrade = new Promise((resolve) => (upgraded = resolve));
    manager.on("open", () => manager.engine.on("upgrade", upgraded));
    await begin();
    if (this.first !== this.last) await within("the upgrade", upgrade);
  }

  /** A server of the same kind for this story alone. */
  ownServer(options) {
    return this.stage.server(this.server, options);
  }

  /** Everything that the story made is closed, and closes. */
  async end() {
    try {
      for (const manager of this.#managers) {
        manager.reconnection(false);
        for (const socket of Object.values(manager.nsps)) socket.disconnect();
        manager._close?.();
        manager.engine?.close();
      }
      await until("every connection is closed", () => this.#managers.every(({ engine }) => !engine || engine.readyState === "closed"));
    } finally {
      await this.stage.end();
    }
  }
}

export { ears };
