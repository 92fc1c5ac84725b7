// Bytes as a text of printable ASCII that compresses like the bytes.
//
// Base64 cuts bytes at every third, so what repeats no longer looks alike and the machine grows by a quarter after
// brotli. Here a byte below 92 is one character and any other two: what repeats still does, and it grows by 1 %. Nothing
// is beyond ASCII, whose reading would hang on the page's encoding, and no quote is among it.

const [FIRST, ONE, HALF] = [35, 92, 82];
/** The two characters before FIRST that are not a quote. */
const FRONTS = " !";

export function textOf(bytes) {
  let text = "";
  for (const byte of bytes) {
    const two = byte - ONE;
    if (two < 0) text += String.fromCharCode(FIRST + byte);
    else text += FRONTS[Math.floor(two / HALF)] + String.fromCharCode(FIRST + (two % HALF));
  }
  return text;
}

/** JavaScript that pushes to `bytes` what is in `text`. A front comes out as -3 or -2, which `SHIFT` makes up for. */
const SHIFT = 3 * HALF + ONE - FIRST;
export const DECODER = `
  for (let at = 0; at < text.length; ) {
    const byte = text.charCodeAt(at++) - ${FIRST};
    bytes.push(byte < 0 ? byte * ${HALF} + ${SHIFT} + text.charCodeAt(at++) : byte);
  }`;
