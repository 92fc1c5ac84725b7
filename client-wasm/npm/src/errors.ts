/** Errors, with the reference's messages and fields and a stable code beside them. */

/** A request or a socket failed. `description` and `context` are what the platform says of it. */
export class TransportError extends Error {
  type = "TransportError";
  description: any;
  context: any;

  constructor(reason: string, description: unknown, context?: unknown) {
    super(reason);
    this.description = description;
    this.context = context;
  }
}

/** A code does not show when the error is listed: code that was written for the reference sees no difference. */
export function failure<E extends Error>(error: E, code: string): E {
  return Object.defineProperty(error, "code", { value: code, configurable: true, writable: true });
}

/** An error that is nobody's in particular is the page's. */
export function report(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

export const fail = (message: string, code: string): Error => failure(new Error(message), code);
