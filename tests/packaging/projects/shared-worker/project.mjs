// A shared worker.
import { serve } from "../../lib/files.mjs";
import { copyFiles } from "../../lib/workshop.mjs";

export async function site({ dir, client }) {
  copyFiles(dir, client);
  return serve(dir);
}
