/** What the machine tells, as what is to be done about it. */
import { fields, take } from "./core";
import { fail, report } from "./errors";
import { closeDetails, connectError, REASONS, Refusal } from "./failures";
import type { Packet } from "./packet";
import { called, type Machine } from "./machine";
import type { Came, Socket } from "./socket";

/** What it tells and asks, in its numbers. */
export const enum Told {
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
  Rest,
  AuthRequired = 20,
  Connect,
  ConnectError,
  Disconnect,
  Event,
}

/** A piece of news as what is to be done about it: its fields are read before the next is asked for. */
export function heard(machine: Machine, told: Told): () => void {
  const { $manager: manager, $sockets, $misfit } = machine;
  const socket = $sockets[fields[0]];
  const [, first, second, third] = fields;
  const left = socket?.$left;
  const engine = manager.engine!;
  const { $fault: fault } = engine || {};
  switch (told) {
    case Told.Event:
      return event(socket, take(second));
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
      if (told === Told.Disconnect) socket.$isJoined = false;
      const details = closeDetails(first, second, engine, $misfit);
      return told === Told.Close
        ? () => manager.$onclose(engine, reason, details)
        : () => {
            if (left === socket.$left && (first !== 1 || socket.connected)) socket.$onclose(reason, details);
            if (!first) manager.$packet(came(1, socket));
          };
    }
    case Told.ReconnectScheduled: {
      const attempt = fields[0];
      // Never after the machine's own moment, which it counts from when it was told.
      const at = called + third - 5;
      manager.$isScheduled = true;
      return () => manager.$onscheduled(attempt, third, at);
    }
    case Told.ReconnectAttempt: {
      const attempt = fields[0];
      // Due at once, it comes before what led to it has been told.
      while (machine.$news.length) {
        try {
          machine.$next();
        } catch (error) {
          report(error);
        }
      }
      manager.$begin(attempt);
      break;
    }
    case Told.Reconnect: {
      const attempt = fields[0];
      return () => manager.$onreconnect(attempt);
    }
    case Told.ReconnectFailed:
      manager.$hasFailed = true;
      return () => manager.$onfailed();
    case Told.Error:
    case Told.ReconnectError:
    case Told.ConnectError: {
      const said = take(second)?.$data;
      const error = connectError(first, fault, said);
      if (told === Told.Error) {
        const opened = manager.$opened.splice(0);
        return () => manager.$onerror(engine, error, opened);
      }
      if (told === Told.ReconnectError) return () => void manager.$tell("reconnect_error", [error]);
      return () => {
        socket.$onerror(error, first === Refusal.Server || first === Refusal.Old);
        if (first === Refusal.Server) manager.$packet(came(4, socket, said));
      };
    }
    case Told.Connect: {
      const said: { sid: string; pid: unknown } = take(second).$data;
      const { sid: id, pid } = said;
      const recovered = socket.$recovery.$recovered(pid);
      socket.$isJoined = true;
      return () => {
        if (left === socket.$left) socket.$onconnect(id, recovered);
        manager.$packet(came(0, socket, said));
      };
    }
  }
  return () => {};
}

/** An event or an answer: what is kept of it is kept at once. */
export function event(socket: Socket, { $type: type, $data: data, $id: id }: Packet): () => void {
  const { io: manager, $left: left } = socket;
  if (type === 2 && id === undefined) socket.$recovery.$saw(data);
  const packet = came(type, socket, data, id);
  return () => {
    if (left === socket.$left) socket.onpacket(packet);
    manager.$packet(packet);
  };
}

/** As the reference shows a packet. */
function came(type: number, { nsp }: Socket, data?: unknown, id?: number): Came {
  const packet: Came = { type, nsp };
  if (id !== undefined) packet.id = id;
  if (data) packet.data = data;
  return packet;
}
