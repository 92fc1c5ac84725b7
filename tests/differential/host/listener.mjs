// An HTTP server that can be taken away and put back on the same port.

import http from "node:http";

export class Listener {
  #server;
  #connections = new Set();
  port = 0;

  constructor(onRequest) {
    this.#server = http.createServer(onRequest);
    this.#server.on("connection", (connection) => {
      this.#connections.add(connection);
      connection.on("close", () => this.#connections.delete(connection));
    });
  }

  get http() {
    return this.#server;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Listens where it did before, or on any free port the first time. */
  start() {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.port, "127.0.0.1", () => {
        this.#server.off("error", reject);
        this.port = this.#server.address().port;
        resolve();
      });
    });
  }

  /** Every connection ends at once and new ones are refused. */
  stop() {
    return new Promise((resolve) => {
      if (!this.#server.listening) return resolve();
      this.#server.close(() => resolve());
      this.drop();
      return undefined;
    });
  }

  drop() {
    for (const connection of this.#connections) connection.destroy();
  }
}
