// A WebTransport that is a fake: no HTTP/3, but the official engine's own session on the other end of the streams, in
// this process. Seen with it is all but the network: the framing, the handshake, the upgrade, the end. The network is in
// tests/browser/npm.

/** Puts a `WebTransport` into the page that leads to `place`; returns the sessions, as they are opened. */
export function fakeWebTransport(t, place) {
  const sessions = [];
  const before = globalThis.WebTransport;
  globalThis.WebTransport = class {
    isClosed = false;
    ready = Promise.resolve();

    constructor(url, options) {
      Object.assign(this, { url, options });
      this.closed = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
      sessions.push(this);
    }

    async createBidirectionalStream() {
      const [up, down] = ["up", "down"].map((way) => new TransformStream({
        start: (controller) => (this[way] = controller),
        // What the page ends arrives before its session is closed, or not.
        flush: () => void (this.endedBefore ??= !this.isClosed),
      }));
      const incomingBidirectionalStreams = new ReadableStream({
        start: (streams) => streams.enqueue({ readable: up.readable, writable: down.writable }),
      });
      // The engine does not expect that it breaks.
      const closed = this.closed.catch(() => {});
      place.server.engine.onWebTransportSession({ incomingBidirectionalStreams, closed, close: () => this.close() });
      return { readable: down.readable, writable: up.writable };
    }

    close(info = { closeCode: 0, reason: "" }) {
      this.isClosed = true;
      this.resolve(info);
    }
  };
  t.after(() => (globalThis.WebTransport = before));
  return sessions;
}
