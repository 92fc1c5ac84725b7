// What the package weighs, and what makes that up.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** What a page fetches of socket.io-client 4.8.4, by brotli. */
const REFERENCE = { "index.js": 11_716, "sockeye.min.js": 13_333 };

export function brotli(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliCompressSync(bytes, { params }).length;
}

/** Prints a line for each file and what is in the main one; returns what is larger than it may be, in words. */
export function report(files, limits) {
  console.log(line("", "raw", "gzip", "brotli", "published"));
  for (const { name, bytes } of files) {
    const against = REFERENCE[name] ? `${REFERENCE[name]} (${percent(brotli(bytes), REFERENCE[name])})` : "";
    console.log(line(name, bytes.length, gzipSync(bytes, { level: 9 }).length, brotli(bytes), against));
  }

  const main = files.find(({ name }) => name === "index.js");
  console.log("\nindex.js by source, minified");
  for (const [path, { bytesInOutput }] of Object.entries(main.inputs).sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput)) {
    console.log(line(path.replace("core:inline", "the machine, as text"), bytesInOutput));
  }

  return files.flatMap(({ name, bytes }) => {
    const more = brotli(bytes) - (limits[name]?.limit ?? Infinity);
    return more > 0 ? [`${name} is ${more} bytes (brotli) above its limit of ${limits[name].limit}`] : [];
  });
}

const line = (name, ...cells) => `${name.padEnd(24)}${cells.map((cell) => `${cell}`.padStart(10)).join("")}`.trimEnd();
const percent = (size, of) => `${size < of ? "" : "+"}${(((size - of) / of) * 100).toFixed(1)} %`;
