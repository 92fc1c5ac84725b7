// What a packet says in its first characters: Engine.IO's type, and for messages Socket.IO's.
const KINDS = ["CONNECT", "DISCONNECT", "EVENT", "ACK", "CONNECT_ERROR", "BINARY_EVENT", "BINARY_ACK"];
/** Who may read a screen may not always read what has such a name. */
const SECRET = /^[sp]id$|token|jwt|passw|secret|cookie|authorization|api.?key/i;
/** Each text of JSON, with the value if it is a name: one after the other, so that no quote is taken for another. */
const TEXTS = /"((?:[^"\\]|\\.)*)"(?:\s*:\s*("(?:[^"\\]|\\.)*"|[-+.\w]+)?)?/g;
const SHOWN = 400;

/** A packet as the engine's events `packet` and `packetCreate` give it. */
export function decode({ type, data }) {
  if (typeof data !== "string") {
    const size = data?.byteLength ?? data?.size ?? 0;
    return data ? { engine: type, kind: "bytes", size } : { engine: type, kind: type, size: 1 };
  }
  const size = new TextEncoder().encode(data).length + 1;
  if (data[0] === "b" && type === "message") return { engine: type, kind: "bytes", size };
  if (type !== "message") return { engine: type, kind: type, size, text: hidden(data) };
  const header = /^(\d)(?:(\d+)-)?(?:(\/[^,]*),?)?(\d+)?/.exec(data);
  if (!header) return { engine: type, kind: "message", size, text: hidden(data) };
  const [all, kind, attachments, nsp, id] = header;
  const rest = data.slice(all.length);
  return {
    engine: type,
    kind: KINDS[kind] ?? `type ${kind}`,
    attachments: attachments === undefined ? undefined : +attachments,
    nsp: nsp ?? "/",
    id: id === undefined ? undefined : +id,
    event: /EVENT/.test(KINDS[kind]) ? /^\["((?:[^"\\]|\\.)*)"/.exec(rest)?.[1] : undefined,
    size,
    text: KINDS[kind] === "CONNECT" ? names(rest) : hidden(rest),
  };
}

/** Of what opens a namespace, or the session that was opened, the names alone. */
function names(json) {
  if (!json) return "";
  try {
    return `{${Object.keys(JSON.parse(json)).join(", ")}}`;
  } catch {
    return "…";
  }
}

/** Before it is cut, as a secret that is cut has no end to be known by. */
function hidden(text) {
  const told = text.replace(TEXTS, (all, name, value) => (value && SECRET.test(name) ? `"${name}":"…"` : all));
  return told.slice(0, SHOWN) + (told.length > SHOWN ? " …" : "");
}
