// Buttons to break a connection: some ask the server that was made for it, some the socket itself.
import { make } from "./element.js";

const ON_PURPOSE = { "x-sockeye-control": "1" };

/** The server to break; nothing where there is none, as on a host that only serves files. */
export async function findServer(base = "/control") {
  const ask = async (wish = "") => {
    const answer = await fetch(base + wish, wish ? { method: "POST", headers: ON_PURPOSE } : undefined);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  try {
    await ask();
    const { url } = await ask("/start");
    return { url, wish: (name) => ask(`/${name}`) };
  } catch {
    return undefined;
  }
}

/** Fills `panel`. `current` gives the socket that is looked at. */
export function offerToBreak(panel, server, current, said) {
  const act = (name, what) => {
    const button = make("button", { type: "button" }, name);
    button.addEventListener("click", async () => {
      try {
        said((await what()) ?? `${name}: done`);
      } catch (error) {
        said(`${name}: ${error.message}`);
      }
    });
    return button;
  };
  const wish = (name, told) => async () => {
    await server.wish(name);
    return told;
  };
  const tellPage = (event) => window.dispatchEvent(new Event(event));

  const network = [
    act("Go offline", async () => {
      await server.wish("off");
      tellPage("offline");
      return "The line is shut, and the page was told that it is offline.";
    }),
    act("Back online", async () => {
      await server.wish("on");
      tellPage("online");
      return "The line is open; with the page's event the next attempt starts at once.";
    }),
    act("Drop the transport", wish("cut", "Every connection was cut, once.")),
    act("Swallow everything", wish("silent", "Nothing passes and nobody is told. The heartbeat finds it; then press Back online.")),
    act("Slow down", wish("slow", "Each piece takes 700 ms in each direction.")),
    act("Full speed", wish("fast", "As fast as it can.")),
  ];
  const machine = [
    act("Kill the server", wish("kill", "The server is gone, without a word.")),
    act("Restart it", wish("start", "The server is back at the same address.")),
  ];
  const traffic = [
    act("Flood from the server", () => {
      current().emit("flood", 400, 2_000);
      return "The server sends 400 events of 2 KB.";
    }),
    act("Flood the server", () => flood(current())),
    act("Ask and get no answer", () => {
      current().timeout(8_000).emit("never-ack", (error) => said(error ? "No answer came in 8 s." : "An answer came."));
      return "Asked; nobody will answer.";
    }),
  ];
  const token = [
    act("Refuse the token", () => knock(current(), "wrong", said)),
    act("Mend the token", () => knock(current(), "mysecrettoken", said)),
  ];
  const group = (name, buttons) =>
    make("div", { role: "group", "aria-label": name, class: "buttons" }, make("b", {}, name), ...buttons);
  panel.replaceChildren(
    ...(server ? [group("The network", network), group("The server", machine)] : []),
    group("Traffic", traffic),
    group("A namespace behind a token", token),
  );
}

/** More than there is room for, if there is a limit. */
function flood(socket) {
  let taken = 0;
  try {
    for (; taken < 500; taken++) socket.emit("echo", `event ${taken}`);
    return "500 events were taken.";
  } catch (error) {
    return `${taken} events were taken; the next was refused: ${error.message}`;
  }
}

/** Joins `/secure` on the same connection, with that token. */
function knock({ io: manager }, token, said) {
  const secure = manager.socket("/secure");
  secure.off("connect").off("connect_error").disconnect();
  secure.auth = { token };
  secure.once("connect", () => said("/secure: let in."));
  secure.once("connect_error", (error) => said(`/secure: refused, ${error.message}.`));
  secure.connect();
  return "Asked to be let in to /secure.";
}
