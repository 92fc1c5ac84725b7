// What is sent, the same in the page and in the server.

const KINDS = {
  "26 B": () => 7,
  "100 B": () => json(100),
  "1 KB": () => json(1_000),
  "16 KB": () => json(16_000),
  "100 KB": () => json(100_000),
  "64 KB binary": () => Uint8Array.from({ length: 65_536 }, (_, at) => at & 255),
};

export const payload = (kind) => KINDS[kind]();

/** A list of records as applications have them, of about that many bytes. */
function json(bytes) {
  const record = (number) => ({ id: number, user: "ada", text: "Hello, how are you?", at: 1_700_000_000 + number, read: true });
  const records = [];
  let length = 2;
  for (let number = 0; ; number++) {
    const next = JSON.stringify(record(number)).length + 1;
    if (length + next > bytes) break;
    length += next;
    records.push(record(number));
  }
  return { records, rest: "x".repeat(Math.max(0, bytes - JSON.stringify({ records, rest: "" }).length)) };
}
