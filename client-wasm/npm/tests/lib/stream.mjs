// A WebTransport that is a fake: no HTTP/3, but the official engine's own session on the other end of the streams, in
// this process. Seen with it is all but the network: the framing, the handshake, the upgrade, the end.

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
      const [up, down] = [new TransformStream(), new TransformStream()];
      const incomingBidirectionalStreams = new ReadableStream({
        start: (streams) => streams.enqueue({ readable: up.readable, writable: down.writable }),
      });
      // The engine does not expect that it breaks.
      const closed = this.closed.catch(() => {});
      place.server.engine.onWebTransportSession({ incomingBidirectionalStreams, closed, close: () => this.close() });
      return { readable: down.readable, writable: up.writable };
    }

    close() {
      this.isClosed = true;
      this.resolve({ closeCode: 0, reason: "" });
    }
  };
  t.after(() => (globalThis.WebTransport = before));
  return sessions;
}
