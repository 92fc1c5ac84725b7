// Just enough of the WebAssembly binary format to say where the bytes are.

/** Each function's name and size; the names are there only in a module with a name section. */
export function functions(module) {
  const names = functionNames(module);
  const first = imports(module).filter(({ kind }) => kind === FUNCTION).length;
  const cursor = section(module, CODE);
  return times(cursor.number(), (index) => {
    const size = cursor.number();
    cursor.at += size;
    return { name: demangled(names.get(first + index) ?? `function ${first + index}`), size };
  });
}

export function imports(module) {
  const cursor = section(module, IMPORT);
  if (!cursor) return [];
  return times(cursor.number(), () => {
    const entry = { module: cursor.text(), name: cursor.text(), kind: cursor.byte() };
    if (entry.kind === FUNCTION) cursor.number();
    else if (entry.kind === GLOBAL) cursor.at += 2;
    else throw new Error(`an import of kind ${entry.kind}: ${entry.module}.${entry.name}`);
    return entry;
  });
}

/** What is readable in the data of a module. */
export function strings(module) {
  const cursor = section(module, DATA);
  return cursor ? (cursor.bytes.subarray(cursor.at).toString("latin1").match(/[\x20-\x7e]{4,}/g) ?? []) : [];
}

function functionNames(module) {
  const names = new Map();
  for (const { id, bytes } of sections(module)) {
    if (id !== CUSTOM) continue;
    const cursor = new Cursor(bytes);
    if (cursor.text() !== "name") continue;
    while (cursor.at < bytes.length) {
      const kind = cursor.byte();
      const end = cursor.number() + cursor.at;
      if (kind === FUNCTION_NAMES) times(cursor.number(), () => names.set(cursor.number(), cursor.text()));
      cursor.at = end;
    }
  }
  return names;
}

/** Enough of Rust's mangling to read a list by. */
function demangled(name) {
  if (!name.startsWith("_ZN")) return name;
  const parts = [];
  for (let rest = name.slice(3), length; (length = parseInt(rest, 10)); ) {
    const from = String(length).length;
    parts.push(rest.slice(from, from + length));
    rest = rest.slice(from + length);
  }
  const signs = { LT: "<", GT: ">", u20: " ", C: ",", RF: "&", BP: "*", u5b: "[", u5d: "]", u7b: "{", u7d: "}" };
  const path = parts.slice(0, -1).filter((part) => !part.startsWith("_$LT$impl$u20$"));
  return path.join("::").replace(/\$(\w+)\$/g, (all, sign) => signs[sign] ?? all).replaceAll("..", "::").replace(/(^|::)_</g, "$1<");
}

function section(module, wanted) {
  const found = sections(module).find(({ id }) => id === wanted);
  return found && new Cursor(found.bytes);
}

export function sections(module) {
  const cursor = new Cursor(module);
  cursor.at = MAGIC;
  const found = [];
  while (cursor.at < module.length) {
    const id = cursor.byte();
    const size = cursor.number();
    found.push({ id, bytes: module.subarray(cursor.at, cursor.at + size) });
    cursor.at += size;
  }
  return found;
}

export class Cursor {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** LEB128. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at).toString();
  }
}

const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));

const MAGIC = 8;
export const [CUSTOM, IMPORT, EXPORT, CODE, DATA] = [0, 2, 7, 10, 11];
const [FUNCTION, GLOBAL, FUNCTION_NAMES] = [0, 3, 1];
