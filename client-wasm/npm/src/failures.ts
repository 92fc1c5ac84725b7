/** What the machine says of an end, in numbers, as the reference says it. */
import type { Engine } from "./engine";
import { fail, TransportError } from "./errors";
import { Refused } from "./machine";

export const REASONS = [
  "io server disconnect",
  "io client disconnect",
  "ping timeout",
  "transport close",
  "transport error",
  "parse error",
  "forced close",
];

/** Why there is no connection, in the machine's numbers; an HTTP status is itself. */
export const enum Refusal {
  Network,
  Server,
  Timeout,
  Closed,
  Old,
  Other = 6,
  Protocol = 1000,
}

export function connectError(code: number, fault: unknown, said: any): unknown {
  if (code >= Refusal.Protocol) return serverError();
  switch (code as Refusal) {
    case Refusal.Server: {
      // A plain string is the message (B-24).
      const { message, data } = typeof said === "string" ? { message: said, data: undefined } : said;
      return Object.assign(fail(message ?? "", "refused"), { data });
    }
    case Refusal.Timeout:
      return fail("timeout", "timeout");
    case Refusal.Old:
      return fail(
        "It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)",
        "incompatible",
      );
    case Refusal.Other:
      return "No transports available";
  }
  return fault instanceof Error ? fault : new TransportError("websocket error", (fault as { context?: unknown })?.context);
}

export function closeDetails(reason: number, code: number, engine: Engine | undefined, misfit: string): unknown {
  const name = REASONS[reason];
  const fault = engine?.$fault;
  if (name === "parse error") {
    return fail(code - Refusal.Protocol === PAYLOAD ? misfit : "invalid payload", "parse error");
  }
  if (name === "transport error") return code >= Refusal.Protocol ? serverError() : fault;
  if (name === "transport close") {
    // Closed by hand, it is nobody's fault.
    return fault === undefined ? { description: "transport closed by the server" } : fault || undefined;
  }
}

/** The reference's words for bytes that are no Engine.IO packet (B-01). */
const serverError = () => Object.assign(new Error("server error"), { code: "parser error" });

/** Of the machine's `ParseError`: what was read here. */
const PAYLOAD = 16;

/** Why an event was not taken, and its code. */
export const REFUSALS: Record<number, [string, string]> = {
  [Refused.Full]: ["the send buffer is full", "buffer full"],
  [Refused.Attachments]: ["an event has at most 10 attachments", "too many attachments"],
  [Refused.TooLarge]: ["the event is larger than the server accepts", "too large"],
};
