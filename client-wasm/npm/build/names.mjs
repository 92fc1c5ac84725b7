// Short names for what the machine imports and exports.
import { Cursor, EXPORT, IMPORT, sections } from "./sections.mjs";

/** The module with the names that its host has for them: `short(name)`, undefined where it has none. An export that
 * nobody calls is left out; an import must be there. */
export function renamed(module, short) {
  const parts = [module.subarray(0, 8)];
  for (const { id, bytes } of sections(module)) {
    const rename = { [IMPORT]: imports, [EXPORT]: exports }[id];
    const content = rename ? rename(new Cursor(bytes), short) : bytes;
    parts.push(Buffer.from([id, ...number(content.length)]), content);
  }
  return Buffer.concat(parts);
}

/** Functions only, which is all that a page gives. */
function imports(cursor, short) {
  return list(cursor, () => {
    const [module, name, kind, type] = [cursor.text(), cursor.text(), cursor.byte(), cursor.number()];
    if (!short(name)) throw new Error(`the machine imports ${name}, and the host has no $$${name} (src/core.ts)`);
    return [...text(module), ...text(short(name)), kind, ...number(type)];
  });
}

function exports(cursor, short) {
  return list(cursor, () => {
    const [name, kind, index] = [cursor.text(), cursor.byte(), cursor.number()];
    return short(name) ? [...text(short(name)), kind, ...number(index)] : undefined;
  });
}

function list(cursor, next) {
  const items = Array.from({ length: cursor.number() }, next).filter(Boolean);
  return Buffer.from([...number(items.length), ...items.flat()]);
}

const text = (it) => [...number(Buffer.byteLength(it)), ...Buffer.from(it)];

/** LEB128. */
function number(value) {
  const bytes = [];
  for (; value >= 0x80; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}
