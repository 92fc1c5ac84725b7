// A server that is a fake, in this process: it says what it is told to, over a WebSocket and over fetch.

const HANDSHAKE = '0{"sid":"session","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';
const CONNECT = '40{"sid":"socket","pid":"private"}';
/** It may ask for the session it had. */
const isConnect = (frame) => /^40(\{|$)/.test(frame);

/**
 * Puts itself into the page. With `says`, a list of frames, it says those and then nothing; without, what a good server
 * says, and an event "ok". `open` has the sessions that were not closed.
 */
export function fakeServer(t) {
  const place = { says: undefined, open: new Set() };
  const { WebSocket, fetch } = globalThis;
  t.after(() => Object.assign(globalThis, { WebSocket, fetch }));

  globalThis.WebSocket = class {
    bufferedAmount = 0;

    constructor() {
      place.open.add(this);
      setImmediate(() => this.begin());
    }

    begin() {
      this.onopen?.();
      if (place.says) for (const frame of place.says) this.say(frame);
      else this.say(HANDSHAKE);
    }

    say(data) {
      if (place.open.has(this)) this.onmessage?.({ data });
    }

    send(frame) {
      if (place.says || !isConnect(frame)) return;
      setImmediate(() => [CONNECT, '42["ok"]'].forEach((it) => this.say(it)));
    }

    close() {
      place.open.delete(this);
    }

    /** The server's end of it. */
    end() {
      this.close();
      this.onclose?.({ code: 1006 });
    }
  };

  globalThis.fetch = async (url, { method, body, signal }) => {
    if (method === "POST") {
      if (isConnect(body)) answer(CONNECT, '42["ok"]');
      return new Response("ok");
    }
    if (!url.includes("sid=")) return new Response(place.says ? place.says.join("\x1e") : HANDSHAKE);
    return new Promise((resolve, reject) => {
      const poll = {
        say: (text) => {
          place.open.delete(poll);
          resolve(new Response(text));
        },
        end: () => {
          place.open.delete(poll);
          reject(new TypeError("the network is gone"));
        },
      };
      place.open.add(poll);
      signal.addEventListener("abort", poll.end);
      if (place.waits) poll.say(place.waits.splice(0).join("\x1e") || "6");
      place.waits = undefined;
    });
  };

  function answer(...frames) {
    const [poll] = place.open;
    if (place.says) return;
    if (poll) poll.say(frames.join("\x1e"));
    else place.waits = frames;
  }

  return place;
}
