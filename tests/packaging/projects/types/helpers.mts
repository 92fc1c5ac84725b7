/** The helper types that applications import to write types of their own (Y-05, Y-06). */
import {
  type AllButLast,
  type DecorateAcknowledgements,
  type DefaultEventsMap,
  type EventNames,
  type EventParams,
  type FirstArg,
  type Last,
  type ReservedOrUserEventNames,
  type ReservedOrUserListener,
  type SocketReservedEvents,
} from "CLIENT";
import { same } from "./equal.mjs";

declare const tick: unique symbol;

interface Events {
  plain: (text: string) => void;
  save: (text: string, answer: (status: "ok" | "error", id: number) => void) => void;
  twice: (first: (a: number) => string, last: () => void) => void;
  [tick]: () => void;
}

// Every function among the parameters gets an error first, and nothing else changes.
type Decorated = DecorateAcknowledgements<Events>;
same<Decorated["plain"], (text: string) => void>(true);
same<Decorated["save"], (text: string, answer: (error: Error, status: "ok" | "error", id: number) => void) => void>(true);
same<Decorated["twice"], (first: (error: Error, a: number) => string, last: (error: Error) => void) => void>(true);
same<keyof Decorated, keyof Events>(true);
// @ts-expect-error
const early: Decorated["save"] = (text, answer) => answer("ok", 5);
// @ts-expect-error
same<Decorated["save"], Events["save"]>(true);

same<AllButLast<[a: string, b: number, c: () => void]>, [a: string, b: number]>(true);
same<AllButLast<[() => void]>, []>(true);
same<Last<[string, number]>, number>(true);
same<FirstArg<(status: "ok") => void>, "ok">(true);
// Of several it is none, as in the reference (Y-09).
same<FirstArg<(status: "ok", id: number) => void>, any>(true);
// @ts-expect-error
const whole: AllButLast<[string, number]> = ["a", 5];
// @ts-expect-error
const other: FirstArg<(status: string) => void> = 5;
// @ts-expect-error
type OfNoTuple = AllButLast<string>;

same<EventNames<Events>, "plain" | "save" | "twice" | typeof tick>(true);
same<EventParams<Events, "plain">, [text: string]>(true);
// @ts-expect-error
const unknown: EventNames<Events> = "connect";
// @ts-expect-error
type OfNobody = EventParams<Events, "nobody">;

// The names of a socket's own events beside those of the application; its own win.
type Names = ReservedOrUserEventNames<SocketReservedEvents, Events>;
same<Names, keyof SocketReservedEvents | EventNames<Events>>(true);
type On<Name extends Names> = ReservedOrUserListener<SocketReservedEvents, Events, Name>;
same<On<"plain">, Events["plain"]>(true);
same<On<"connect">, SocketReservedEvents["connect"]>(true);
type Shadow = { connect: (mine: number) => void };
same<ReservedOrUserListener<SocketReservedEvents, Shadow, "connect">, SocketReservedEvents["connect"]>(true);
// @ts-expect-error
type OnNobody = On<"nobody">;
// @ts-expect-error
const wrong: On<"plain"> = (text: number) => text;
same<ReservedOrUserListener<{}, DefaultEventsMap, "anything">, (...args: any[]) => void>(true);

export type { OfNobody, OfNoTuple, OnNobody };
export { early, other, unknown, whole, wrong };
