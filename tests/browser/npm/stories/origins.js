// What only a browser has an opinion on: whose cookies go where, and who may talk to whom.
import { ask, join } from "../page/ears.js";
import { fails, holds, same } from "../page/expect.js";

const cookie = async (socket) => (await ask(socket, "handshake")).headers.cookie ?? "";

/** Cross-origin with credentials: the cookie that comes with the handshake goes back with the next (O-17). */
export async function cookies_go_along(at) {
  const server = await at.ownServer({ cookiesFor: location.origin });
  const withCredentials = true;
  const first = await at.join("/handshake", { withCredentials, transports: ["polling"] }, server.url);
  const { id } = first.io.engine;
  first.disconnect();
  const second = await at.join("/handshake", { withCredentials }, server.url);
  holds((await cookie(second)).includes(`sticky=${id}`), "the second handshake brings the cookie of the first");
}
cookies_go_along.servers = ["Node484"];
// A session of WebTransport brings none along.
cookies_go_along.ways = ["polling", "websocket", "upgrade", "webtransport-upgrade"];

/** Without being told to, a page sends none to other origins over HTTP; a WebSocket is asked by nobody. */
export async function cookies_stay_at_home(at) {
  const server = await at.ownServer({ cookiesFor: location.origin });
  const first = await at.join("/handshake", { withCredentials: true }, server.url);
  first.disconnect();
  const second = await at.join("/handshake", {}, server.url);
  same(await cookie(second), "", "the cookies of the second handshake");
}
cookies_stay_at_home.servers = ["Node484"];
cookies_stay_at_home.ways = ["polling", "upgrade", "webtransport-upgrade"];

/** A server that does not want this page: the error is one of the network, as that is all a page is told. */
export async function refused_by_cors(at) {
  const server = await at.ownServer({ cookiesFor: "http://elsewhere.example" });
  const error = await fails("the origin is another", join(at.manager({ reconnection: false }, server.url).socket("/")));
  same([error.message, error.type, error.description], ["xhr poll error", "TransportError", 0]);
}
refused_by_cors.servers = ["Node484"];
refused_by_cors.ways = ["polling", "upgrade", "webtransport-upgrade"];
