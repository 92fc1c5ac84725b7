// The inspector over any page: `openInspector(socket)` from the console or from a button.
import "./inspector.js";
import { make } from "./element.js";

/** Opens it for this socket, of sockeye-client; `limits` are its options, if it has any. */
export function openInspector(socket, limits) {
  const inspector = make("sockeye-inspector");
  Object.assign(inspector, { socket, limits });
  const close = make("button", { type: "button" }, "Close");
  const dialog = make("dialog", { "aria-label": "What the connection does" }, close, inspector);
  // The page's own style is not asked for, and not changed.
  Object.assign(dialog.style, { width: "min(76rem, 96vw)", maxHeight: "94vh", overflow: "auto", padding: "1rem" });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
