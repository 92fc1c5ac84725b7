// No bundler: a script tag and the global `io`, in a page of another encoding.
import { serve } from "../../lib/files.mjs";
import { copyFiles } from "../../lib/workshop.mjs";

export async function site({ dir, client }) {
  copyFiles(dir, client);
  return serve(dir);
}
