// The machine as a file of its own, beside the module.
import { serve } from "../../lib/files.mjs";
import { copyFiles } from "../../lib/workshop.mjs";

export const only = "sockeye-client";
export async function site({ dir, client }) {
  copyFiles(dir, client, [["external.js"], ["core.wasm"]]);
  return serve(dir);
}
