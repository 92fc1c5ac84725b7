// A service worker, which has fetch but no XMLHttpRequest; a classic one, which all browsers have.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "../../lib/files.mjs";
import { copyFiles } from "../../lib/workshop.mjs";

export async function site({ dir, client }) {
  copyFiles(dir, client);
  const shared = readFileSync(join(dir, "round-trip.js"), "utf8");
  writeFileSync(join(dir, "round-trip.script.js"), shared.replaceAll(/^export /gm, ""));
  return serve(dir);
}
