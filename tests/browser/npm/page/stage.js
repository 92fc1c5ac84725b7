// A page can start no server: it asks the stage to (tests/stage), in the words of tests/src/words.rs.

/** Servers and proxies of one story; they end with it. */
export class Stage {
  #url;
  #given = [];

  constructor(url) {
    this.#url = url;
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
    };
    const { id, port } = await this.#give({ Server: [which, options] });
    return {
      port,
      url: `http://127.0.0.1:${port}`,
      kill: () => this.#wish({ Do: [id, "Kill"] }),
      restart: () => this.#wish({ Do: [id, "Restart"] }),
    };
  }

  /** A proxy to a port, which can be spoilt. */
  async proxy(to) {
    const { id, port } = await this.#give({ Proxy: to });
    const act = (deed) => this.#wish({ Do: [id, deed] });
    return {
      url: `http://127.0.0.1:${port}`,
      down: () => act("Down"),
      up: () => act("Up"),
      blackHole: (on) => act({ BlackHole: on }),
      door: (how) => act({ Door: how }),
    };
  }

  /** A server that says the same to everyone. */
  async stranger(status, kind, body) {
    const { port } = await this.#give({ Stranger: [status, kind, body] });
    return { url: `http://127.0.0.1:${port}` };
  }

  async end() {
    for (const id of this.#given.splice(0)) await this.#wish({ Do: [id, "End"] });
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
