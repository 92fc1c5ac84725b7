// How packets and requests are written down.

const TYPES = ["open", "close", "ping", "pong", "message", "upgrade", "noop"];

/** A decoded packet of the official engine, in the form it has on the wire. */
export function packetLine(transport, { type, data }) {
  if (typeof data !== "string" && data !== undefined) return `${transport} ${bytesLine(data)}`;
  return `${transport} ${TYPES.indexOf(type)}${data ?? ""}`;
}

/** A frame or a packet of a payload as it came. */
export function frameLine(transport, data) {
  return `${transport} ${typeof data === "string" ? data : bytesLine(data)}`;
}

/** @param headers the names of those that belong into the transcript */
export function requestLine(request, headers = []) {
  const shown = headers.map((name) => ` ${name}: ${request.headers[name] ?? "(none)"}`);
  const method = request.headers.upgrade ? "WS" : request.method;
  return `${method} ${request.url}${shown.join("")}`;
}

function bytesLine(data) {
  const bytes = Buffer.from(data);
  return `(${bytes.length} bytes ${bytes.toString("hex")})`;
}
