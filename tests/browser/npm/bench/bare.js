// A WebSocket without a network: what comes is handed in, what leaves is counted.

const Native = globalThis.WebSocket;
const HANDSHAKE = '0{"sid":"bare","upgrades":[],"pingInterval":600000,"pingTimeout":600000,"maxPayload":1000000}';

class Bare {
  readyState = 0;
  bufferedAmount = 0;
  sent = 0;

  constructor() {
    Bare.last = this;
    setTimeout(() => {
      this.readyState = 1;
      this.onopen?.({});
      this.hear(HANDSHAKE);
    });
  }

  send(frame) {
    this.sent += 1;
    if (frame === "40") setTimeout(() => this.hear('40{"sid":"bare"}'));
  }

  close() {
    this.readyState = 3;
    setTimeout(() => this.onclose?.({ code: 1000 }));
  }

  hear(data) {
    this.onmessage({ data });
  }
}

/** From now on an address with this host gets a bare one. */
export const HOST = "bare.invalid";
globalThis.WebSocket = function WebSocket(url, protocols) {
  return url.includes(HOST) ? new Bare() : new Native(url, protocols);
};
export const lastBare = () => Bare.last;
