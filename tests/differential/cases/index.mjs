// All cases in the order of reference.md.

const FILES = [
  "exports.mjs",
  "addresses.mjs",
  "manager.mjs",
  "again.mjs",
  "socket.mjs",
  "members.mjs",
  "emitting.mjs",
  "acks.mjs",
  "retries.mjs",
  "listening.mjs",
  "reserved.mjs",
  "engine.mjs",
  "transports.mjs",
  "upgrades.mjs",
  "recovery.mjs",
  "lifecycle.mjs",
  "quirks.mjs",
  "bad_input.mjs",
];

export async function loadCases() {
  const cases = [];
  for (const file of FILES) {
    const module = await import(`./${file}`);
    cases.push(...module.default.map((test) => ({ ...test, file })));
  }
  const twice = cases.find(({ name }, at) => cases.findIndex((test) => test.name === name) !== at);
  if (twice) throw new Error(`two cases are called ${twice.name}`);
  return cases;
}
