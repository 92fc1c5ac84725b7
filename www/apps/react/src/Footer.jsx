import { useState } from "react";

import { socket } from "./socket.js";

/** What else the server has. */
export function Footer() {
  const [problem, setProblem] = useState("");
  return (
    <footer>
      <nav aria-label="More of Sockeye">
        <a href="/guide/">Guide</a>
        <a href="/inspector/">Inspector</a>
        <button type="button" id="inspect" onClick={() => inspect().catch(() => setProblem("The inspector is not here."))}>
          Inspect this connection
        </button>
        <span role="alert">{problem}</span>
      </nav>
    </footer>
  );
}

async function inspect() {
  const { openInspector } = await import(/* @vite-ignore */ INSPECTOR);
  openInspector(socket);
}

/** The server's own, loaded when it is asked for and not before. */
const INSPECTOR = "/inspector/dialog.js";
