/**
 * One machine at work: what it asks is done at once, what it tells is told after the call into it has returned,
 * each piece of news in a microtask of its own, as the reference does. So a listener may call anything, and
 * one that throws harms nobody else.
 */
import { core, encoded, fields, frames, keep, misfit, parsed, take, type Arrived } from "./core";
import type { Parcel } from "./binary";
import { Wish, type Engine } from "./engine";
import { fail, TransportError } from "./errors";
import { platform } from "./platform";
import { News, type Transport } from "./transports";
import type { Manager } from "./manager";
import type { Socket } from "./socket";

/** What it tells and asks, in its numbers. */
const enum Told {
  Get = 1,
  Post,
  Dial,
  Send,
  LetGo,
  Open,
  Ping,
  Upgrade,
  UpgradeError,
  Close,
  Error,
  ReconnectScheduled,
  ReconnectAttempt,
  Reconnect,
  ReconnectError,
  ReconnectFailed,
  AuthRequired = 20,
  Connect,
  ConnectError,
  Disconnect,
  Event,
  Ack,
}

/** The right to answer an event, in the session it came in. */
export type Token = { $session: number; $id: number };

const REASONS = [
  "io server disconnect",
  "io client disconnect",
  "ping timeout",
  "transport close",
  "transport error",
  "parse error",
  "forced close",
];

export class Machine {
  $client: number;
  $sockets: Socket[] = [];
  $transports = new Map<number, Transport>();
  $news: (() => void)[] = [];
  $timer: unknown;
  $alarm = -1;
  $closing: (() => void) | undefined;
  $reason: number | undefined;
  $refused: (() => void) | undefined;
  /** With which the packet that leaves now was written. */
  $options: object | undefined;

  constructor(readonly $manager: Manager) {
    this.$client = core().$$new(Math.random() * 2 ** 53, clock());
  }

  /** The number of a namespace. */
  $name(socket: Socket): number {
    const key = core().$$socket(this.$client, keep(socket.nsp));
    this.$sockets[key] = socket;
    return key;
  }

  /** `numbers` as the machine's README has them. */
  $configure(numbers: number[]): void {
    core().$$configure(this.$client, ...numbers);
  }

  /** A message below Socket.IO. */
  $raw(data: unknown): void {
    core().$$send(this.$client, keep(data), +(typeof data !== "string"), clock());
    this.$pump();
  }

  /** What it causes is told before it returns. */
  $wish(what: Wish, socket?: number, value?: number): void {
    this.$deliver();
    this.$ask(what, socket, value);
    this.$deliver();
  }

  /** What it causes is told later: who asks has yet to say who listens. */
  $ask(what: Wish, socket = 0, value = 0, args: unknown = 0): void {
    core().$$wish(this.$client, what, socket, value, args ? keep(args) : 0, clock());
    this.$pump();
  }

  /** 0 if the machine took it, or why not; `id` is its answer's. */
  $emit(socket: number, parcel: Parcel, id = -1, options?: object): number {
    this.$options = options;
    const refused = core().$$emit(this.$client, socket, keep(parcel), id, clock());
    this.$pump();
    return refused;
  }

  $answer(socket: number, { $session, $id }: Token, parcel: Parcel): void {
    core().$$ack(this.$client, socket, $session, $id, keep(parcel), clock());
    this.$pump();
  }

  /** `number`: the code of a close, or the status of a refusal, which is its own kind of news. */
  $input(news: News, on = 0, value: unknown = 0, number = 0): void {
    const what = news === News.Refused ? number : news;
    core().$$input(this.$client, what, on, value === 0 ? number : keep(value), clock());
    this.$pump();
  }

  /** Does what is asked, and notes what is told. */
  $pump(): void {
    const machine = core();
    for (;;) {
      frames.length = 0;
      const told = machine.$$poll(this.$client);
      if (!told) break;
      if (told <= Told.LetGo) this.$perform(told);
      // Asked at once: its answer goes out with what else leaves (ORD-3).
      else if (told === Told.AuthRequired) this.$sockets[fields[0]].$onauth();
      else this.$note(told);
    }
    this.$noteClose();
    const alarm = machine.$$alarm(this.$client);
    if (alarm === this.$alarm) return;
    this.$alarm = alarm;
    clearTimeout(this.$timer as number);
    if (alarm < 0) return;
    this.$timer = setTimeout(() => this.$wake(), Math.min(Math.max(alarm - clock(), 0), MAX_DELAY));
    if (this.$manager.opts.autoUnref) platform.$unref(this.$timer);
  }

  $note(told: Told): void {
    const reason = fields[1];
    const heard = this.$heard(told);
    if (told === Told.Close) {
      if (this.$closing) this.$noteClose();
      const { engine } = this.$manager;
      const details = closeDetails(reason, fields[2], engine);
      if (REASONS[reason] === "transport error") this.$push(() => this.$manager.$onbroken(engine!, details));
      // To the engine, bytes that are no Socket.IO are no reason; it closes first.
      if (REASONS[reason] === "parse error") this.$push(() => engine!.$closed("forced close", undefined));
      this.$closing = heard;
      this.$reason = reason;
      return;
    }
    // What ends with the connection is told before the connection's own end, as sockets listen first (ORD-5).
    if (told !== Told.Ack && (told !== Told.Disconnect || reason !== this.$reason)) this.$noteClose();
    // A connection that ends with its last namespace ends before the namespace hears that it was refused.
    if (told === Told.ConnectError && reason === Refusal.Server) this.$refused = heard;
    else this.$push(heard);
  }

  $noteClose(): void {
    const { $closing, $refused } = this;
    this.$closing = this.$refused = undefined;
    if ($closing) this.$push($closing);
    if ($refused) this.$push($refused);
  }

  $push(heard: () => void): void {
    this.$news.push(heard);
    queueMicrotask(() => this.$next());
  }

  $wake(): void {
    this.$alarm = -1;
    this.$manager.$beforeAlarm(clock());
    this.$input(News.Timeout);
  }

  /** Tells the next piece of news; what is thrown by a listener is the platform's to report. */
  $next(): void {
    this.$news.shift()?.();
    this.$manager.$watchers.forEach((look) => look());
  }

  /** Tells all of it now: what a call of the application's causes is told before it returns. */
  $deliver(): void {
    while (this.$news.length) this.$next();
  }

  $perform(ask: Told): void {
    const on = fields[0];
    let transport = this.$transports.get(on);
    if (ask === Told.LetGo) {
      this.$transports.delete(on);
      transport?.$close();
      transport?.socket.$released(transport);
      return;
    }
    const engine = this.$manager.engine!;
    if (!transport) {
      transport = engine.$make(ask === Told.Dial ? fields[1] - 1 : 0);
      transport.$report = (news, value, number) => {
        const { $translator: translator } = this.$manager;
        const frame = typeof value === "string" && news < News.Binary ? value : "";
        if (transport !== engine.transport) {
          if (value === "3probe") engine.$tell("upgrading", [transport]);
        } else if (news === News.Polled) (value as string).split("\x1e").forEach((it) => engine.$saw(it));
        else if (news === News.Text || news === News.Binary) engine.$saw(value);
        else if (news === News.Sent || news === News.Posted) {
          engine.$drained();
          this.$manager.$watchers.forEach((look) => look());
        }
        if (translator && news === News.Polled) value = translator.$readBody(value as string);
        if (translator && (news === News.Text || news === News.Binary)) {
          translator.$read(value, (it) => this.$input(News.Text, on, it));
        } else this.$input(news, on, value, number);
        translator?.$forget();
        if (transport === engine.transport && /^2|\x1e2/.test(frame)) this.$manager.$onping(engine);
      };
      this.$transports.set(on, transport);
    }
    if (ask === Told.Get || ask === Told.Dial) transport.doOpen();
    else {
      const { $translator: translator } = this.$manager;
      let sent: unknown[] = frames.map(take);
      if (ask === Told.Post || transport.opts.forceBase64) sent = sent.flatMap(encoded);
      if (ask === Told.Post) sent = [sent.join("\x1e")];
      if (translator) sent = ask === Told.Post ? [translator.$writeBody(sent[0] as string)] : sent.flatMap((it) => translator.$write(it));
      engine.$flushed(ask === Told.Post ? `${sent[0]}`.split("\x1e") : sent, this.$options || { compress: true });
      transport.$send(sent);
    }
  }

  /** A piece of news as what is to be done about it: its fields are read before the next is asked for. */
  $heard(told: Told): () => void {
    const manager = this.$manager;
    const socket = this.$sockets[fields[0]];
    const [, first, second, third] = fields;
    const engine = manager.engine!;
    const { $fault: fault } = engine || {};
    switch (told) {
      case Told.Event: {
        const args: Arrived = take(first);
        const token = second && { $session: second, $id: third };
        return () => {
          socket.$onevent(args.$data, token);
          manager.$packet(2, socket.nsp, { data: args.$data, ...(token && { id: token.$id }) });
        };
      }
      case Told.Ack: {
        const answer: Arrived = take(first);
        return () => {
          socket.$onack(third, answer.$data);
          manager.$packet(3, socket.nsp, { id: third, data: answer.$data });
        };
      }
      case Told.Open:
        return () => manager.$onopen(engine);
      case Told.Upgrade:
        return () => engine.$upgraded();
      case Told.UpgradeError: {
        const error = Object.assign(fail("probe error", "upgrade"), { transport: engine.$probe?.name });
        return () => void engine.$tell("upgradeError", [error]);
      }
      case Told.Close:
      case Told.Disconnect: {
        const reason = REASONS[first];
        const details = closeDetails(first, second, engine);
        return told === Told.Close
          ? () => manager.$onclose(engine, reason, details)
          : () => {
              socket.$onclose(reason, details);
              if (!first) manager.$packet(1, socket.nsp, {});
            };
      }
      case Told.ReconnectScheduled: {
        const attempt = fields[0];
        // Never after the machine's own moment, which it counts from when it was told.
        const at = clock() + third - 5;
        return () => manager.$onscheduled(attempt, third, at);
      }
      case Told.ReconnectAttempt:
        manager.$begin(fields[0]);
        return () => {};
      case Told.Reconnect: {
        const attempt = fields[0];
        return () => manager.$onreconnect(attempt);
      }
      case Told.ReconnectFailed:
        return () => manager.$onfailed();
      case Told.Error:
      case Told.ReconnectError:
      case Told.ConnectError: {
        const error = connectError(first, fault, take(second));
        if (told === Told.Error) return () => manager.$onerror(engine, error);
        if (told === Told.ReconnectError) return () => void manager.$tell("reconnect_error", [error]);
        return () => socket.$onerror(error, first === Refusal.Server || first === Refusal.Old);
      }
      case Told.Connect: {
        const id: string = take(first);
        // Where the server keeps no sessions there is no telling.
        const recovered = second ? second > 1 : undefined;
        return () => {
          socket.$onconnect(id, recovered);
          manager.$packet(0, socket.nsp, { data: { sid: id } });
        };
      }
    }
    return () => {};
  }
}

/** Why there is no connection, in the machine's numbers; an HTTP status is itself. */
const enum Refusal {
  Network,
  Server,
  Timeout,
  Closed,
  Old,
  Other = 6,
  Protocol = 1000,
}

function connectError(code: number, fault: unknown, body: string): unknown {
  if (code >= Refusal.Protocol) return serverError();
  switch (code as Refusal) {
    case Refusal.Server: {
      const said = parsed(body) || {};
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

function closeDetails(reason: number, code: number, engine?: Engine): unknown {
  const name = REASONS[reason];
  const fault = engine?.$fault;
  if (name === "parse error") {
    const problem = code - Refusal.Protocol;
    const what = PARSE_ERRORS[problem] || (problem === PAYLOAD && misfit) || "invalid payload";
    return fail(problem === UNKNOWN_TYPE ? what + engine!.$last[1] : what, "parse error");
  }
  if (name === "transport error") return code >= Refusal.Protocol ? serverError() : fault;
  if (name === "transport close") return fault || { description: "transport closed by the server" };
}

/** The reference's words for bytes that are no Engine.IO packet (B-01). */
const serverError = () => Object.assign(new Error("server error"), { code: "parser error" });

const UNKNOWN_TYPE = 10;
const PAYLOAD = 16;
/** By the number of the machine's `ParseError`; the others are an invalid payload. */
const PARSE_ERRORS: Record<number, string> = {
  [UNKNOWN_TYPE]: "unknown packet type ",
  11: "Illegal attachments",
  12: "too many attachments",
  13: "too many attachments",
  15: "invalid packet id",
  17: "got binary data when not reconstructing a packet",
  18: "got plaintext data when reconstructing a packet",
};

let offset = 0;
let last = 0;
/** Milliseconds that count while a computer sleeps, and never run backwards. */
export function clock(): number {
  const now = Date.now();
  if (now < last) offset += last - now;
  last = now;
  return now + offset;
}

/** The longest a timer can wait. */
const MAX_DELAY = 2 ** 31 - 1;
