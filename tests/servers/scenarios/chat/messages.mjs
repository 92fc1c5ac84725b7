// What people say: text or an image, to all, to a room, or to one person.

import { inner, isMember } from "./channels.mjs";

/** In base64, as it goes by long-polling, it still fits in the largest message that a server takes unless told otherwise. */
const LARGEST_IMAGE = 700_000;
/** What browsers show, and nothing that holds scripts. */
const IMAGES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const LONGEST_FILE_NAME = 200;

/** `nameIn` maps the id of a socket of this node to the name of the person behind it; `everybody` is on all nodes. */
export function messages(io, nameIn, everybody) {
  let nextId = Date.now(); // two messages of one millisecond are still two messages

  return (socket) => ({
    "chat-message": async ([said], ack) => {
      const user = nameIn(socket.id);
      if (!user) return ack({ error: "Not authenticated" });
      const addressee = said?.to == null ? undefined : (await everybody()).find(({ id }) => id === said.to);
      const { problem, rooms } = heed(socket, said, addressee);
      if (problem) return ack({ error: problem });
      const { text = null, image, room, to } = said;
      const message = { id: nextId++, user, text, timestamp: Date.now(), ...(image && { image: pick(image) }) };
      if (room != null) message.room = room;
      if (to != null) Object.assign(message, { from: socket.id, to: { id: to, username: addressee.username } });
      rooms.reduce((target, it) => target.to(it), io).emit("chat-message", message);
      return ack({ status: "ok", id: message.id });
    },
  });

  /** Why it cannot be sent, or the rooms it goes to; none are all people. */
  function heed(socket, said, addressee) {
    if (said === null || typeof said !== "object") return { problem: "A message is an object with a text or an image" };
    const { image, room, to } = said;
    const problem = image == null ? undefined : problemOf(image);
    if (problem) return { problem };
    if (room != null && !isMember(socket, room)) return { problem: `You are not in the room ${room}` };
    if (to != null && !addressee) return { problem: "This person is not here any more" };
    if (to != null) return { rooms: [to, socket.id] };
    return { rooms: room == null ? [] : [inner(room)] };
  }
}

const pick = ({ name, type, bytes }) => ({ name, type, bytes });

function problemOf({ name, type, bytes }) {
  if (!Buffer.isBuffer(bytes)) return "The image is not binary";
  if (bytes.length > LARGEST_IMAGE) return `The image has ${bytes.length} bytes; ${LARGEST_IMAGE} are allowed`;
  if (!IMAGES.includes(type)) return `The image has to be one of ${IMAGES.join(", ")}`;
  if (typeof name !== "string" || [...name].length > LONGEST_FILE_NAME) return "The name of the image is too long";
  return undefined;
}
