// No bundler: a module script.
import { serve } from "../../lib/files.mjs";
import { copyFiles } from "../../lib/workshop.mjs";

export async function site({ dir, client }) {
  copyFiles(dir, client);
  return serve(dir);
}
