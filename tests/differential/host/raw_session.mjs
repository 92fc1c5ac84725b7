// One session of the raw server: packets wait for a GET or go out as frames.

export class RawSession {
  connects = 0;
  #socket;
  #probe;
  #get = null;
  #waiting = [];
  #polls = [];

  constructor(number, sid, transport, socket) {
    Object.assign(this, { number, sid, transport });
    this.#socket = socket;
  }

  send(packets) {
    if (this.transport === "websocket") {
      for (const packet of packets) this.#socket.send(packet);
    } else {
      this.#waiting.push(...packets.map(toText));
      this.#flush();
    }
  }

  /** Answers the waiting GET. */
  answer(status, body = "") {
    const response = this.#get;
    if (!response) throw new Error("no GET waits for an answer");
    this.#get = null;
    response.statusCode = status;
    response.end(body);
  }

  polled() {
    if (this.#get) return undefined;
    return new Promise((resolve) => this.#polls.push(resolve));
  }

  close(code, reason) {
    if (code) this.#socket.close(code, reason);
    else this.#socket.terminate();
  }

  /** The client said goodbye: the waiting GET ends. */
  end() {
    if (this.#get) this.answer(200, "6");
  }

  onGet(response) {
    this.#get = response;
    response.on("close", () => {
      if (this.#get === response) this.#get = null;
    });
    for (const resolve of this.#polls.splice(0)) resolve();
    this.#flush();
  }

  onProbe(packet, socket, isAnswered = true) {
    if (packet === "2probe") {
      this.#probe = socket;
      if (!isAnswered) return;
      this.answerProbe();
      this.letGo();
    } else if (packet === "5") {
      this.transport = "websocket";
      this.#socket = socket;
    }
  }

  answerProbe() {
    this.#probe.send("3probe");
  }

  /** Ends the GET that an upgrade waits for. */
  letGo() {
    this.send(["6"]);
  }

  #flush() {
    if (this.#get && this.#waiting.length) this.answer(200, this.#waiting.splice(0).join("\x1e"));
  }
}

function toText(packet) {
  return typeof packet === "string" ? packet : `b${packet.toString("base64")}`;
}
