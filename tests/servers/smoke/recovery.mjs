import assert from "node:assert/strict";
import { ask, clients, collect, MODES, next, withServer } from "./harness.mjs";

export function recovery(it) {
  for (const mode of MODES) {
    it(`what was missed arrives after a short absence, over ${mode}`, async () => {
      await withClients(["--recovery"], mode, async (own) => {
        const socket = await own.connect("/recovery", { reconnection: true, reconnectionDelay: 50 });
        const other = await own.connect("/recovery");
        assert.equal((await ask(socket, "join", "news")).recovered, false);
        const first = next(socket, "missed");
        await ask(other, "publish", "news", "first");
        assert.equal((await first)[0], "first");

        const { id } = socket;
        const missed = collect(socket, "missed", 2);
        const gone = next(socket, "disconnect");
        socket.emit("close-engine");
        await gone;
        const back = next(socket, "connect");
        await ask(other, "publish", "news", "second");
        await ask(other, "publish", "news", "third");
        await back;
        assert.deepEqual((await missed).map(([what]) => what), ["second", "third"]);
        assert.equal(socket.recovered, true);
        assert.deepEqual(await ask(socket, "state"), { id, recovered: true, rooms: ["news"] });

        const late = next(socket, "missed");
        other.emit("broadcast-after", 20, "news", "late");
        assert.equal((await late)[0], "late");
      });
    });
  }

  it("without --recovery the namespace is there and nothing is recovered", async () => {
    await withClients([], "websocket", async (own) => {
      const socket = await own.connect("/recovery");
      assert.deepEqual(await ask(socket, "state"), { id: socket.id, recovered: false, rooms: [] });
    });
  });
}

async function withClients(args, mode, body) {
  await withServer(args, async ({ url }) => {
    const own = clients(url, mode);
    try {
      await body(own);
    } finally {
      own.close();
    }
  });
}
