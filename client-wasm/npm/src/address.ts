/** What an address says: where the server is, which namespace, which query (A-11, P-11, P-15). */

export type Address = {
  protocol: string;
  host: string;
  port: string;
  /** The path of the address: the namespace. */
  path: string;
  query: string;
  /** All of it, with what was left to the page. */
  source: string;
  /** What managers are kept by. */
  id: string;
};

type Place = { protocol: string; host: string };
export type Query = Record<string, unknown>;

/** Where the page is, if there is a page. */
export const here = (): Place | undefined => (globalThis as { location?: Place }).location;

export function address(uri: unknown): Address {
  const page = here();
  let text = uri || (page ? `${page.protocol}//${page.host}` : "");
  if (typeof text !== "string") {
    const { protocol, host, port, path, query, source, id } = text as Address;
    return { protocol, host, port, path, query, source, id };
  }
  if (text.length > MAX_LENGTH) throw "URI too long";
  if (text[0] === "/") text = text[1] === "/" ? (page ? page.protocol : "https:") + text : (page?.host ?? "") + text;
  if (!/^(http|ws)s?:\/\//.test(text as string)) text = `${page ? page.protocol : "https:"}//${text}`;
  const [, protocol, host, asked, path, query] = PARTS.exec(text as string) as unknown as string[];
  const port = asked || (isSecure(protocol) ? "443" : "80");
  const name = host.replace(/^\[|\]$/g, "");
  const id = `${protocol}://${host}:${port}`;
  return { protocol, host: name, port, path: path || "/", query: query || "", source: text as string, id };
}

export const isSecure = (protocol: string): boolean => /^(http|ws)s/.test(protocol);

/** A query as an object; `decode` is what happens to its parts. */
export function pairs(query: string, decode: (part: string) => string = decodeURIComponent): Query {
  const found: Query = {};
  for (const pair of query.split("&")) {
    // A value may have more of them: only the first ends the name.
    const [key, ...value] = pair.split("=");
    if (key) found[decode(key)] = decode(value.join("="));
  }
  return found;
}

export function joined(query: Query): string {
  return Object.keys(query)
    .map((key) => `${encodeURIComponent(key)}=${encodeURIComponent(query[key] as string)}`)
    .join("&");
}

const PARTS = /^(\w+):\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d+))?([^?#]*)(?:\?([^#]*))?/;
const MAX_LENGTH = 8000;
