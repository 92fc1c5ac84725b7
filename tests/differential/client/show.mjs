// Values as text, with their types: two values are shown alike if an application could not tell them apart.

export function show(value) {
  return describe(value, []);
}

/** A list of arguments. */
export function showAll(values) {
  return `[${values.map((value) => show(value)).join(", ")}]`;
}

function describe(value, above) {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "function") return "function";
  if (typeof value !== "object" || value === null) return String(value);
  if (above.includes(value)) return "(circular)";
  if (above.length > 6) return "(deep)";
  const next = [...above, value];
  return describeBinary(value) ?? describeKnown(value, next) ?? describeObject(value, next);
}

function describeBinary(value) {
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (typeof Buffer !== "undefined" && Buffer.isBuffer(value)) return `Buffer(${value.length}: ${hex(value)})`;
  if (value instanceof ArrayBuffer) return `ArrayBuffer(${value.byteLength}: ${hex(new Uint8Array(value))})`;
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return `${value.constructor.name}(${bytes.length}: ${hex(bytes)})`;
  }
  if (typeof Blob !== "undefined" && value instanceof Blob) return `${value.constructor.name}(${value.size})`;
  return undefined;
}

function describeKnown(value, above) {
  if (value instanceof Date) return `Date(${value.toISOString()})`;
  if (value instanceof Promise) return "Promise";
  if (value instanceof Map || value instanceof Set) return `${value.constructor.name}(${value.size})`;
  if (value instanceof Error) return describeError(value, above);
  // Events of WebSockets: those of the browser and those of the package ws. Their classes have many members of their own.
  if (typeof value.type === "string" && "target" in value) {
    if ("code" in value) return `CloseEvent(${value.code} ${JSON.stringify(String(value.reason))} ${value.wasClean})`;
    return `Event(${value.type})`;
  }
  return undefined;
}

// The kind of `context` depends on what the transport is made of (an XMLHttpRequest, a Response); its presence does not.
function describeError(error, above) {
  const fields = Object.keys(error)
    .sort()
    .map((key) => `${key}: ${key === "context" ? presence(error[key]) : describe(error[key], above)}`);
  const shown = `${error.name}(${JSON.stringify(error.message)})`;
  return fields.length ? `${shown} {${fields.join(", ")}}` : shown;
}

function describeObject(value, above) {
  if (Array.isArray(value)) return `[${[...value].map((item) => describe(item, above)).join(", ")}]`;
  const fields = Object.keys(value).map((key) => {
    const shown = key === "context" ? describeContext(value[key], above) : describe(value[key], above);
    return `${/^[\w$]+$/.test(key) ? key : JSON.stringify(key)}: ${shown}`;
  });
  return `{${fields.join(", ")}}`;
}

function describeContext(context, above) {
  const isEvent = context && typeof context.type === "string" && "target" in context;
  return isEvent ? describe(context, above) : presence(context);
}

function presence(value) {
  return value === undefined || value === null ? String(value) : "(present)";
}
