/** The life of the page (A-120 to A-123, and beyond): what a browser says is looked at, never trusted to come. */
import { News } from "./transports";
import { Streamed } from "./webtransport";
import type { Manager } from "./manager";

/** Watches while a connection is wanted; ends with what it returns. */
export function watch(manager: Manager): () => void {
  const { opts } = manager;
  const stops: (() => void)[] = [];
  const on = (target: any, names: string, hear: (event: any) => void) => {
    if (!target?.addEventListener) return;
    for (const name of names.split(" ")) {
      target.addEventListener(name, hear);
      stops.push(() => target.removeEventListener(name, hear));
    }
  };
  const page = globalThis as any;
  const machine = () => manager.$machine!;
  const cut = () => {
    const { engine } = manager;
    if (engine) engine.$fault = { description: "network connection lost" };
    machine().$input(News.Offline);
  };
  on(page, "offline", () => manager.engine?.hostname !== "localhost" && cut());
  if (opts.pageLife !== false) {
    on(page, "online", () => manager.$hurry());
    // Into the back-forward cache nothing goes that is open (F131).
    on(page, "pagehide", ({ persisted }) => {
      // Firefox leaves sessions of WebTransport open behind a page that was closed.
      machine().$transports.forEach((it) => it instanceof Streamed && it.$session?.close());
      if (persisted) cut();
    });
    // Timers slept while the page did: the heartbeat's deadline is looked at now.
    on(page, "pageshow", ({ persisted }) => {
      machine().$wake();
      if (persisted) manager.$hurry();
    });
    on(page.document, "visibilitychange resume", () => machine().$wake());
  }
  if (opts.closeOnBeforeunload) {
    on(page, "beforeunload", () => machine().$transports.forEach((it) => it.$close()));
  }
  return () => stops.forEach((stop) => stop());
}
