// A page that may not run WebAssembly, with the machine as JavaScript.
import { serve } from "../../lib/files.mjs";
import { copyFiles } from "../../lib/workshop.mjs";

export const only = "sockeye-client";
export async function site({ dir, client }) {
  copyFiles(dir, client, [["js.js", "client.js"]]);
  return serve(dir, { "content-security-policy": "default-src 'none'; script-src 'self'; connect-src *" });
}
