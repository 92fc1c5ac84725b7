// What a story finds out, against what it should be.

/** Whether both are the same value, looked at to the bottom; buffers by their bytes. */
export const equal = (one, other) => shown(one) === shown(other);

/** Fails unless they are. */
export function same(actual, expected, what = "it") {
  const [is, wanted] = [shown(actual), shown(expected)];
  if (is !== wanted) throw new Error(`${what} is ${short(is)} and not ${short(wanted)}`);
}

export function holds(condition, what) {
  if (!condition) throw new Error(`it does not hold that ${what}`);
}

/** The error that a promise, or a call, ends with. */
export async function fails(what, attempt) {
  try {
    await (typeof attempt === "function" ? attempt() : attempt);
  } catch (error) {
    return error;
  }
  throw new Error(`it went well, where it should not: ${what}`);
}

/** One text for one value: members in order of their names, bytes as numbers. */
function shown(value) {
  if (value instanceof ArrayBuffer) return `<${new Uint8Array(value)}>`;
  if (ArrayBuffer.isView(value)) return `<${new Uint8Array(value.buffer, value.byteOffset, value.byteLength)}>`;
  if (Array.isArray(value)) return `[${value.map(shown)}]`;
  if (value && typeof value === "object") {
    const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${shown(value[key])}`);
    return `{${members}}`;
  }
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

const short = (text) => (text.length > 300 ? `${text.slice(0, 300)} … (${text.length})` : text);
