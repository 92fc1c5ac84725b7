// Limits, and texts of others.

export const LONGEST_NAME = 40;
/** More does not fit in the largest message that a server takes (maxHttpBufferSize), in base64 as it may go. */
export const LARGEST_IMAGE = 700_000;
export const IMAGES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const LONGEST_SHOWN = 10_000;

/** Peers may send any JSON, of any length. */
export function words(it) {
  const text = typeof it === "string" ? it : (JSON.stringify(it) ?? "");
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

export function problemOfName(name) {
  if (!name) return "Enter a name!";
  const { length } = [...name];
  return length > LONGEST_NAME ? `That is ${length} characters; choose a name of at most ${LONGEST_NAME}.` : "";
}

export function problemOfImage({ name, type, size }) {
  if (!IMAGES.includes(type)) return `${name} is no image of a kind that all browsers show: PNG, JPEG, GIF or WebP.`;
  return size > LARGEST_IMAGE ? `${name} has ${Math.ceil(size / 1000)} kB; ${LARGEST_IMAGE / 1000} kB can be sent.` : "";
}

export function typing(names) {
  if (!names.length) return "";
  const who = names.length > 3 ? `${names.length} people` : names.map(words).join(", ");
  return `${who} ${names.length > 1 ? "are" : "is"} typing...`;
}
