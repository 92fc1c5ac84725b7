/** Which manager an address belongs to (3.2). */
import { address, pairs } from "./address";
import { Manager } from "./manager";
import type { Socket } from "./socket";

/** What a second `io()` for the same connection cannot change: a frequent surprise. */
const MANAGER_OPTIONS = ["transports", "query", "extraHeaders", "withCredentials", "reconnection", "timeout", "parser"];

/** Lists and queries are written anew for each call. About what JSON cannot say nobody is warned. */
const said = (option: unknown) => {
  try {
    return JSON.stringify(option) ?? option;
  } catch {}
};

const managers: Record<string, Manager> = {};

export function io(uri?: unknown, opts?: Record<string, any>): Socket {
  if (uri && typeof uri === "object") {
    opts = uri as Record<string, any>;
    uri = undefined;
  }
  opts ||= {};
  opts.path ||= "/socket.io";
  const it = address(uri as string | undefined);
  const id = it.id + opts.path;
  const isNew =
    opts.forceNew || opts["force new connection"] || opts.multiplex === false || it.path in (managers[id]?.nsps || {});
  const { opts: known = opts } = managers[id] || {};
  const isOther = (option: unknown, one: unknown) => option !== undefined && option !== one && said(option) !== said(one);
  const ignored = !isNew && MANAGER_OPTIONS.find((key) => isOther(opts![key], known[key]));
  if (ignored) {
    console.warn(`sockeye: ${ignored} is an option of the connection to ${id}, which is there already (A-13)`);
  }
  const manager = isNew ? new Manager(it.source, opts) : (managers[id] ||= new Manager(it.source, opts));
  if (it.query && !opts.query) opts.query = pairs(it.query, (part) => part);
  return manager.socket(it.path, opts);
}
