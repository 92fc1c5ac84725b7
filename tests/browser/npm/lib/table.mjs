// What came out, as a table: a row for each place, browser, server and way to connect.

/** `results`: `[{ where, name, seconds, problem? }]`. Prints them and says whether all is well. */
export function table(results) {
  const rows = new Map();
  for (const { where, problem, seconds } of results) {
    const row = rows.get(where) ?? { ok: 0, failed: 0, seconds: 0 };
    row[problem ? "failed" : "ok"] += 1;
    row.seconds += seconds;
    rows.set(where, row);
  }
  const width = Math.max(...[...rows.keys()].map((it) => it.length));
  console.log(`\n${"".padEnd(width)}     ok  failed  seconds`);
  for (const [where, { ok, failed, seconds }] of rows) {
    console.log(`${where.padEnd(width)}  ${`${ok}`.padStart(5)}  ${`${failed}`.padStart(6)}  ${seconds.toFixed(1).padStart(7)}`);
  }
  const bad = results.filter(({ problem }) => problem);
  for (const { where, name, problem } of bad) console.log(`\n${name}, ${where}:\n  ${problem.replaceAll("\n", "\n  ")}`);
  console.log(bad.length ? `\n${bad.length} of ${results.length} failed` : `\nall ${results.length} ok`);
  return bad.length === 0 && results.length > 0;
}
