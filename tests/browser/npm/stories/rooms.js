// Rooms are the server's, but who is in them hears it here.
import { unique } from "../page/deadline.js";
import { ask, ears } from "../page/ears.js";
import { holds, same } from "../page/expect.js";

export async function join_and_leave(at) {
  const [one, two] = await Promise.all([at.socket(), at.socket()]);
  const room = unique("room");
  const heard = ears(one, "roomMessage");
  holds((await ask(one, "joinRoom", room)).rooms.includes(room), "one is in the room");
  await ask(two, "joinRoom", room);
  await heard.says(`${two.id} joined ${room}`);
  const text = unique("hello");
  two.emit("roomMessage", room, text);
  await heard.says(text);
  holds(!(await ask(two, "leaveRoom", room)).rooms.includes(room), "two has left");
  await heard.says(`${two.id} left ${room}`);
  const quiet = ears(two, "roomMessage");
  one.emit("roomMessage", room, "not for two");
  await heard.says("not for two");
  await quiet.quiet(one, two);
}

export async function a_room_without_its_speaker(at) {
  const [one, two] = await Promise.all([at.socket(), at.socket()]);
  const room = unique("room");
  for (const it of [one, two]) await ask(it, "joinRoom", room);
  const [mine, heard] = [ears(one, "room-event"), ears(two, "room-event")];
  one.emit("room-event", room, { n: 1 });
  same(await heard.next(), [{ n: 1 }]);
  await mine.quiet(one);
}

export async function several_rooms_once(at) {
  const [one, two] = await Promise.all([at.socket(), at.socket()]);
  const rooms = [unique("a"), unique("b")];
  for (const room of rooms) await ask(two, "joinRoom", room);
  const heard = ears(two, "multi-room");
  one.emit("multi-room", rooms, "once");
  same(await heard.next(), ["once"]);
  await heard.quiet(one, two);
}

export async function teams(at) {
  const [one, two] = await Promise.all([at.socket(), at.socket()]);
  const team = unique("team");
  const [welcome, scores] = [ears(one, "welcome-message"), ears(one, "score-update")];
  same(await ask(one, "join-team-room", team), { joined: team });
  same(await welcome.next(), [`Welcome to the ${team} fan club!`]);
  same(await ask(two, "send-score-update", team, 3), { sent: true });
  same(await scores.next(), [3]);
}
