// The same page with the main entry: it says what to import instead.
import { serve } from "../../lib/files.mjs";
import { copyFiles } from "../../lib/workshop.mjs";

export const only = "sockeye-client";
export async function site({ dir, client }) {
  copyFiles(dir, client);
  return serve(dir, { "content-security-policy": "default-src 'none'; script-src 'self'; connect-src *" });
}

export const judge = (said) =>
  /^failed: sockeye-client: .*'wasm-unsafe-eval'.*"sockeye-client\/js"/.test(said) ? "ok" : `failed: it says ${said}`;
