/**
 * One machine at work: what it asks is done at once, what it tells is told after the call into it has returned,
 * each piece of news in a microtask of its own, as the reference does. So a listener may call anything, and
 * one that throws harms nobody else.
 */
import { core, encoded, fields, framed, frames, keep, release, rest, size, take, type Exports } from "./core";
import { length, type Parcel } from "./binary";
import { Wish, type Engine } from "./engine";
import { closeDetails, REASONS } from "./failures";
import { MAX_ATTACHMENTS, written, type Packet } from "./packet";
import { platform } from "./platform";
import { event, heard, Told } from "./told";
import { News, Socketed, type Transport } from "./transports";
import type { Manager } from "./manager";
import type { Socket } from "./socket";

/** Why an event does not leave: what the machine says, and what is known before. */
export const enum Refused {
  NotJoined = 1,
  Full,
  Attachments,
  TooLarge,
}

/** Lets go of the machines of managers that were forgotten before they had closed. */
const net = new FinalizationRegistry<number>(release);

export class Machine {
  $client: number;
  $sockets: Socket[] = [];
  /** Of each its DISCONNECT. */
  $farewells: unknown[] = [];
  $transports = new Map<number, Transport>();
  $news: (() => void)[] = [];
  /** One function for all of it: what is told is in the list. */
  $tellNext = () => this.$next();
  $timer: unknown;
  /** When the timer is due. */
  $due = Infinity;
  /** When the machine has something to do at the latest. */
  $alarm = Infinity;
  /** What may be read and written without the machine, as nothing else is under way: until it is called again. */
  $open: Transport | undefined;
  /** After a frame was written so, until it has left: what is to leave next. */
  $behind: unknown[] | undefined;
  /** Whose head was read so, on that transport: the machine has to know once it is called, as it counts the time. */
  $half = 0;
  /** What was read so, and is the machine's to judge. */
  $outcome: (() => Packet | undefined) | undefined;
  $closing: (() => void) | undefined;
  $reason: number | undefined;
  /** That namespaces are not joined. */
  $refused: (() => void)[] = [];
  /** How many bytes of events were taken since the transport had taken all, about. */
  $waiting = 0;
  /** With which the packet that leaves now was written. */
  $options: object | undefined;

  /** What was wrong with the packet that was read last. */
  $misfit = "";

  constructor(readonly $manager: Manager) {
    this.$client = core(this).$$new(Math.random() * 2 ** 53, now());
    net.register(this, this.$client, this);
  }

  /** Nothing is under way, and nothing will be unless somebody wishes it. */
  get $isIdle(): boolean {
    return this.$due === Infinity && !this.$transports.size && !this.$news.length;
  }

  $free(): void {
    net.unregister(this);
    release(this.$client);
  }

  /** Gives a namespace its number: the machine has no names. */
  $name(socket: Socket): void {
    // A comma ends a name, a record separator a packet (P-50, P-81).
    if (!/^\/[^,\x1e]{0,1023}$/.test(socket.nsp) || this.$sockets.length > 1023) return;
    // When it is needed the machine is at work, and an application's parser may call anything: this, too (F133).
    const farewell = this.$written(1, socket);
    if (socket.$key < 0) {
      socket.$key = core(this).$$socket(this.$client);
      this.$sockets.push(socket);
      this.$farewells.push(...farewell);
    }
  }

  /** `numbers` as the machine's README has them. */
  $configure(numbers: number[]): void {
    core(this).$$configure(this.$client, ...numbers);
    rest();
  }

  /** A packet that came, for the machine: its type, its namespace, and the number it has here. */
  $read(frame: unknown): number {
    if (this.$half) return 1;
    const { $outcome } = this;
    this.$outcome = undefined;
    let packet: Packet | undefined;
    try {
      packet = $outcome ? $outcome() : this.$manager.engine!.$reader.$read(frame);
    } catch (error) {
      this.$misfit = typeof error === "string" ? error : "invalid payload";
      return 2;
    }
    if (!packet) return 1;
    const { $nsp, $type } = packet;
    const socket = this.$sockets.findIndex((it) => it.nsp === $nsp);
    return socket < 0 ? 0 : (keep(packet) * 1024 + socket) * 16 + 3 + $type;
  }

  $written(type: number, { nsp }: Socket, parcel: Parcel = NOTHING, id?: number, options?: object): unknown[] {
    const { $translator: translator } = this.$manager;
    return translator ? translator.$written(type, nsp, id, parcel.$data, options) : written(type, nsp, id, parcel);
  }

  /** A message below Socket.IO. */
  $raw(data: unknown): void {
    this.$send(-1, [typeof data === "string" ? `4${data}` : data]);
  }

  /** What it causes is told before it returns. */
  $wish(what: Wish, socket?: number, value?: number): void {
    this.$deliver();
    this.$ask(what, socket, value);
    this.$deliver();
  }

  /** For a call that may change what it does: it hears of what was done without it. */
  $core(): Exports {
    const { $behind } = this;
    this.$open = this.$behind = undefined;
    if ($behind) core(this).$$send(this.$client, -2, keep($behind), now());
    if (this.$half) core(this).$$input(this.$client, News.Text, this.$half, keep("4"), now());
    this.$half = 0;
    return core(this);
  }

  /** What it causes is told later: who asks has yet to say who listens. */
  $ask(what: Wish, socket = 0, value = 0): void {
    this.$core().$$wish(this.$client, what, socket, value, now());
    this.$pump();
  }

  /** With a CONNECT. */
  $join(socket: Socket, parcel?: Parcel): void {
    this.$ask(Wish.Authenticate, socket.$key, keep(this.$written(0, socket, parcel)[0]));
  }

  /** 0 if it was taken, or why not; `id` is the answer's, asked for or given. */
  $emit(type: number, socket: Socket, parcel: Parcel, id?: number, options?: object): number {
    this.$options = options;
    const packet = this.$written(type, socket, parcel, id, options);
    if (packet.length - 1 > MAX_ATTACHMENTS) return Refused.Attachments;
    for (const it of packet) if (this.$isTooLarge(it)) return Refused.TooLarge;
    const isPassed = packet.length < 2 && this.$pass(socket, packet);
    const refused = isPassed ? 0 : this.$send(socket.$key, packet);
    if (!refused) this.$waiting += parcel.$size;
    return refused;
  }

  /** Most events leave on an open WebSocket that has nothing else to do. What is written in one turn leaves together. */
  $pass({ $isJoined }: Socket, packet: unknown[]): boolean {
    const { $behind } = this;
    if (!$isJoined || !this.$isAtRest() || $behind?.length! > MAX_BEHIND) return false;
    if ($behind) $behind.push(packet[0]);
    else this.$write(this.$open!, packet);
    return true;
  }

  /** Whether nothing is due, on that transport if one is given. */
  $isAtRest(on = this.$open): boolean {
    return !!on && on === this.$open && clock() < this.$alarm;
  }

  $write(transport: Transport, frames: unknown[]): void {
    this.$behind = [];
    this.$leave(transport, frames, frames);
  }

  $leave(transport: Transport, frames: unknown[], shown: unknown[]): void {
    transport.socket.$flushed(shown, this.$options || { compress: true });
    transport.$send(frames);
  }

  /** A server would end the connection over it (F030, F119). */
  $isTooLarge(frame: any): boolean {
    const { $max: max, transport } = this.$manager.engine!;
    if (typeof frame === "string" && frame.length * 3 <= max) return false;
    const isBytes = typeof frame !== "string" && !frame.$frames;
    const asText = transport.name === "polling" || transport.opts.forceBase64;
    return isBytes && !asText ? length(frame) > max : size(frame) > max;
  }

  $send(socket: number, frames: unknown[]): number {
    const refused = this.$core().$$send(this.$client, socket, keep(frames), now());
    this.$pump();
    return refused;
  }

  /** `number`: the code of a close, or the status of a refusal, which is its own kind of news. */
  $input(news: News, on = 0, value: unknown = 0, number = 0): void {
    const what = news === News.Refused ? number : news;
    this.$core().$$input(this.$client, what, on, value === 0 ? number : keep(value), now());
    this.$pump();
  }

  /** Does what is asked, and notes what is told. */
  $pump(): void {
    let told: Told;
    for (;;) {
      frames.length = 0;
      // Another manager's machine may have been called since.
      told = core(this).$$poll(this.$client);
      if (!told || told === Told.Rest) break;
      if (told <= Told.LetGo) this.$perform(told);
      // Asked at once: its answer goes out with what else leaves (ORD-3).
      else if (told === Told.AuthRequired) this.$sockets[fields[0]].$onauth();
      else this.$note(told);
    }
    this.$noteClose();
    const alarm = core(this).$$alarm(this.$client);
    rest();
    const { $translator, engine } = this.$manager;
    const transport = told && engine!.transport;
    this.$open = !$translator && transport instanceof Socketed && transport.$report ? transport : undefined;
    // Behind what was told just now, when no call into the machine is under way.
    if (alarm < 0 && !this.$transports.size) platform.$soon(() => this.$manager.$retire(this));
    const due = (this.$alarm = alarm < 0 ? Infinity : alarm);
    // A timer that comes too early looks again: to set one for each event that leaves costs more than the event.
    // Not so after a sleep: the timer slept, too, and the moment is over.
    if (alarm < 0 ? due === this.$due : due >= this.$due && this.$due > clock()) return;
    this.$due = due;
    clearTimeout(this.$timer as number);
    if (alarm < 0) return;
    this.$timer = setTimeout(() => this.$wake(), Math.min(Math.max(alarm - clock(), 0), MAX_DELAY));
    if (this.$manager.opts.autoUnref) platform.$unref(this.$timer);
  }

  $note(told: Told): void {
    const reason = fields[1];
    const tell = heard(this, told);
    const { engine } = this.$manager;
    if (engine && (told === Told.Close || told === Told.Error)) engine.$isOver = true;
    if (told === Told.Close) {
      if (this.$closing) this.$noteClose();
      const details = closeDetails(reason, fields[2], engine, this.$misfit);
      if (REASONS[reason] === "transport error") this.$push(() => this.$manager.$onbroken(engine!, details));
      // To the engine, bytes that are no Socket.IO are no reason; it closes first.
      if (REASONS[reason] === "parse error") this.$push(() => engine!.$closed("forced close", undefined));
      this.$closing = tell;
      this.$reason = reason;
      return;
    }
    // A connection that ends with its last namespace ends before the namespace hears that it was refused.
    if (told === Told.ConnectError) return void this.$refused.push(tell);
    // What ends with the connection is told before the connection's own end, as sockets listen first (ORD-5).
    if (told !== Told.Disconnect || reason !== this.$reason) this.$noteClose();
    this.$push(tell);
  }

  $noteClose(): void {
    const { $closing, $refused } = this;
    this.$closing = undefined;
    if ($closing) this.$push($closing);
    while ($refused.length) this.$push($refused.shift()!);
  }

  $push(heard: () => void): void {
    this.$news.push(heard);
    platform.$soon(this.$tellNext);
  }

  $wake(): void {
    this.$due = Infinity;
    this.$manager.$beforeAlarm(clock());
    this.$input(News.Timeout);
  }

  /** Tells the next piece of news; what is thrown by a listener is the platform's to report. */
  $next(): void {
    this.$news.shift()?.();
    this.$manager.$look();
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
    if (!transport) {
      // A wish found the connection dead, and opened another at once.
      if (this.$manager.engine!.$isOver) this.$manager.$begin();
      transport = this.$manager.engine!.$make(ask === Told.Dial ? fields[1] - 1 : 0);
      const made = transport;
      made.$report = (news, value, number) => this.$hear(made, on, news, value, number);
      this.$transports.set(on, transport);
    }
    if (ask === Told.Get || ask === Told.Dial) transport.doOpen();
    else {
      const sent = frames.map(take).flatMap(ask === Told.Post || transport.opts.forceBase64 ? encoded : framed);
      this.$leave(transport, ask === Told.Post ? [sent.join("\x1e")] : sent, sent);
    }
  }

  $hear(transport: Transport, on: number, news: News, value: any, number?: number): void {
    const { $manager: manager } = this;
    const { $translator: translator } = manager;
    const engine = transport.socket;
    const isMain = transport === engine.transport;
    const isFrame = news === News.Text || news === News.Binary;
    const hasLeft = isMain && (news === News.Sent || news === News.Posted);
    let isPing = isMain && isFrame && value[0] === "2";
    if (news === News.Polled) {
      value = value.split("\x1e");
      isPing = isMain && value.some((it: string) => it[0] === "2");
    }
    if (!isMain) {
      if (value === "3probe") engine.$tell("upgrading", [transport]);
    } else if (news === News.Polled) value.forEach((it: string) => engine.$saw(it));
    else if (isFrame) engine.$saw(value);
    else if (hasLeft) engine.$drained();
    if (hasLeft && this.$behind) {
      const { $behind } = this;
      this.$behind = undefined;
      if ($behind.length) this.$write(transport, $behind);
    } else if (!isFrame || !this.$isPassed(transport, on, value)) {
      const read = (it: unknown) => translator!.$read(it);
      if (translator && news === News.Polled) value = value.flatMap(read);
      if (translator && isFrame) read(value).forEach((it) => this.$input(News.Text, on, it));
      else this.$input(news, on, value, number);
    }
    if (hasLeft && transport.writable) this.$waiting = 0;
    manager.$look();
    if (isPing) manager.$onping(engine);
  }

  /** Most frames are of events and answers, for who has joined. Of all others the machine says what they mean. */
  $isPassed(transport: Transport, on: number, frame: any): boolean {
    const isOurs = typeof frame === "string" ? frame[0] === "4" && "2356".includes(frame[1]) : this.$half;
    if (!isOurs || !this.$isAtRest(transport)) return false;
    this.$half = 0;
    let packet: Packet | undefined;
    try {
      packet = transport.socket.$reader.$read(frame);
    } catch (error) {
      this.$outcome = () => {
        throw error;
      };
      return false;
    }
    if (!packet) {
      this.$half = on;
      return true;
    }
    const socket = this.$sockets.find((it) => it.nsp === packet.$nsp);
    if (socket?.$isJoined) this.$push(event(socket, packet));
    else this.$outcome = () => packet;
    return !this.$outcome;
  }
}

const NOTHING = { $text: "", $buffers: [] as unknown[] } as Parcel;

let offset = 0;
let last = 0;
/** Milliseconds that count while a computer sleeps, and never run backwards. */
export function clock(): number {
  const now = Date.now();
  if (now < last) offset += last - now;
  last = now;
  return now + offset;
}

/** When the machine was called last: what it says of time counts from there. */
export let called = 0;
const now = () => (called = clock());

/** More is the machine's to count, and to refuse. */
const MAX_BEHIND = 4096;

/** The longest a timer can wait. */
const MAX_DELAY = 2 ** 31 - 1;
