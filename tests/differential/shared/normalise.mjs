// What differs from run to run though nothing is different: ids that a server draws, ports that the system gives, the
// cache buster. Each becomes a name; the same id becomes the same name within one transcript.

/** @param ports a name for each port, such as `{ 41234: "port" }` */
export function normaliser(ports = {}) {
  const ids = new Map();
  const nameOf = (id) => {
    if (!ids.has(id)) ids.set(id, `<id${ids.size + 1}>`);
    return ids.get(id);
  };
  return (line) => {
    let text = line.replace(SERVER_ID, nameOf).replace(CACHE_BUSTER, "$1<t>");
    for (const [port, name] of Object.entries(ports)) text = text.replaceAll(new RegExp(`\\b${port}\\b`, "g"), `<${name}>`);
    return text;
  };
}

// 15 bytes in base64 of which the last four count from 1 (the npm package base64id), so the 17th character is an A.
const SERVER_ID = /(?<![\w-])[\w-]{16}A[\w-]{3}(?![\w-])/g;

// P-12: eight characters of base 36. Anything else stays as it is and is seen as a difference.
const CACHE_BUSTER = /([?&](?:t|ts)=)[0-9a-z]{8}(?=&|\s|$)/g;
