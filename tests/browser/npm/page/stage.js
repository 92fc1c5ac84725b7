// A page can start no server: it asks the stage to (tests/stage), in the words of tests/src/words.rs.

/** Servers and proxies of one story; they end with it. With `webtransport`, each can be reached by that, too. */
export class Stage {
  #url;
  #webtransport;
  #given = [];

  constructor(url, { webtransport = false } = {}) {
    this.#url = url;
    this.#webtransport = webtransport;
  }

  /** The URL of the server of that kind that all stories share. */
  async shared(which) {
    return `http://127.0.0.1:${(await this.#wish({ Shared: which })).port}`;
  }

  /** A server of the story's own. Times are milliseconds. */
  async server(which, { heartbeat, recovery, maxPayload, cookiesFor } = {}) {
    const options = {
      any_origin: true,
      heartbeat: heartbeat && heartbeat.map(duration),
      recovery: recovery && duration(recovery),
      max_payload: maxPayload,
      cookies_for: cookiesFor,
      webtransport: this.#webtransport,
    };
    const { id, port } = await this.#give({ Server: [which, options] });
    const front = await this.#front(port);
    return {
      port,
      url: `http://127.0.0.1:${port}`,
      front,
      // Whoever ends HTTP/3 for a server loses its sessions with it, and takes none until it is there again.
      kill: async () => {
        await front?.down();
        await this.#do(id, "Kill");
      },
      restart: async () => {
        await front?.down();
        await this.#do(id, "Restart");
        await front?.up();
      },
    };
  }

  /** A proxy to a port, which can be spoilt. */
  async proxy(to) {
    const { id, port } = await this.#give({ Proxy: to });
    const act = (deed) => this.#do(id, deed);
    return {
      url: `http://127.0.0.1:${port}`,
      front: await this.#front(port),
      down: () => act("Down"),
      up: () => act("Up"),
      blackHole: (on) => act({ BlackHole: on }),
      door: (how) => act({ Door: how }),
    };
  }

  /** A server that says the same to everyone. */
  async stranger(status, kind, body) {
    const { port } = await this.#give({ Stranger: [status, kind, body] });
    await this.#front(port);
    return { url: `http://127.0.0.1:${port}` };
  }

  async end() {
    // The last first: what stands before a server goes before it.
    for (const id of this.#given.splice(0).reverse()) await this.#do(id, "End");
  }

  /** What ends HTTP/3 before a port, and its sessions, if it is to be there. */
  async #front(port) {
    if (!this.#webtransport) return undefined;
    const { id } = await this.#give({ WebTransport: port });
    const act = (deed) => this.#do(id, deed);
    return {
      down: () => act("Down"),
      up: () => act("Up"),
      vanish: () => act("Vanish"),
      end: (how) => act({ EndAll: how }),
    };
  }

  #do(id, deed) {
    return this.#wish({ Do: [id, deed] });
  }

  async #give(wish) {
    const given = await this.#wish(wish);
    this.#given.push(given.id);
    return given;
  }

  async #wish(wish) {
    const response = await fetch(this.#url, { method: "POST", body: JSON.stringify(wish) });
    if (!response.ok) throw new Error(`the stage: ${await response.text()}`);
    return response.json();
  }
}

const duration = (ms) => ({ secs: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 });
