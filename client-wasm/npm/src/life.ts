/** The life of the page (A-120 to A-123, and beyond): what a browser says is looked at, never trusted to come. */
import { News } from "./transports";
import type { Manager } from "./manager";

/** Watches while a connection is wanted; ends with what it returns. */
export function watch(manager: Manager): () => void {
  const { opts } = manager;
  const stops: (() => void)[] = [];
  const on = (target: any, name: string, hear: (event: any) => void) => stops.push(listen(target, name, hear));
  const machine = () => manager.$machine!;
  const cut = () => {
    manager.engine!.$fault = { description: "network connection lost" };
    machine().$input(News.Offline);
  };
  on(page, "offline", () => manager.engine?.hostname !== "localhost" && cut());
  if (opts.pageLife !== false) {
    on(page, "online", () => manager.$hurry());
    // Into the back-forward cache nothing goes that is open (F131).
    on(page, "pagehide", ({ persisted }) => persisted && cut());
    // Timers slept while the page did: the heartbeat's deadline is looked at now.
    on(page, "pageshow", ({ persisted }) => {
      machine().$wake();
      if (persisted) manager.$hurry();
    });
    on(page.document, "visibilitychange", () => machine().$wake());
    on(page.document, "resume", () => machine().$wake());
  }
  if (opts.closeOnBeforeunload) {
    on(page, "beforeunload", () => machine().$transports.forEach((it) => it.$close()));
  }
  return () => stops.forEach((stop) => stop());
}

/** Hears of an event, where there are events; ends with what it returns. */
export function listen(target: any, name: string, hear: (event: any) => void): () => void {
  target?.addEventListener?.(name, hear);
  return () => target?.removeEventListener?.(name, hear);
}

const page = globalThis as any;
