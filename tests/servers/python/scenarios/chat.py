"""The chat application: who is here, who is typing, what they say and where."""

import time
from datetime import datetime, timezone
from functools import partial
from itertools import count

from .listen import listen, say
from .names import name_of

# Of one person at a time.
MOST_ROOMS = 20
# In base64 it still fits in the largest message that a server takes unless told otherwise.
LARGEST_IMAGE = 700_000
IMAGES = ["image/png", "image/jpeg", "image/gif", "image/webp"]
LONGEST_FILE_NAME = 200
# No name of a room is the id of a socket.
MARK = "#"


class Chat:
    def __init__(self, sio):
        self.sio = sio
        self.emit = partial(say, sio)
        self.online = {}  # sid → {username, joinedAt, id}, in the order in which they came
        self.ids = count(now())

    def install(self):
        listen(self.sio, "/", {
            "user-join": self.user_join,
            "chat-message": self.chat_message,
            "room-join": self.room_join,
            "room-leave": self.room_leave,
            "typing": self.tell_others("user-typing"),
            "stop-typing": self.tell_others("user-stopped-typing"),
            "leave": self.say_goodbye,
        })

    async def user_join(self, sid, given=None, *_):
        name, problem = name_of(given, "name")
        if problem:
            return {"error": problem}
        moment = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        joined_at = self.online.get(sid, {"joinedAt": moment})["joinedAt"]
        self.online[sid] = {"username": name, "joinedAt": joined_at, "id": sid}
        await self.emit("user-list", list(self.online.values()))
        await self.emit("system-message", {"text": f"{name} joined the chat", "timestamp": now()}, skip=sid)
        return {"status": "ok"}

    async def say_goodbye(self, sid, *_):
        await self.leave(sid)
        return {"status": "ok"}

    async def leave(self, sid):
        user = self.online.pop(sid, None)
        if user is None:
            return
        for room in self.rooms_of(sid):
            await self.sio.leave_room(sid, MARK + room)
        await self.emit("user-list", list(self.online.values()))
        await self.emit("system-message", {"text": f"{user['username']} left the chat", "timestamp": now()})

    def tell_others(self, event):
        async def handle(sid, *_):
            if sid in self.online:
                await self.emit(event, self.online[sid]["username"], skip=sid)

        return handle

    async def chat_message(self, sid, said=None, *_):
        if sid not in self.online:
            return {"error": "Not authenticated"}
        problem = self.problem_of(sid, said)
        if problem:
            return {"error": problem}
        message = {"id": next(self.ids), "user": self.online[sid]["username"], "text": said.get("text")}
        message["timestamp"] = now()
        image, room, addressee = (said.get(key) for key in ("image", "room", "to"))
        target = None
        if image is not None:
            message["image"] = {key: image.get(key) for key in ("name", "type", "bytes")}
        if room is not None:
            message["room"], target = room, MARK + room
        if addressee is not None:
            message["from"], target = sid, [addressee, sid]
            message["to"] = {"id": addressee, "username": self.online[addressee]["username"]}
        await self.emit("chat-message", message, to=target)
        return {"status": "ok", "id": message["id"]}

    def problem_of(self, sid, said):
        """Why it cannot be sent."""
        if not isinstance(said, dict):
            return "A message is an object with a text or an image"
        if said.get("image") is not None and (problem := problem_of_image(said["image"])):
            return problem
        if said.get("room") is not None and said["room"] not in self.rooms_of(sid):
            return f"You are not in the room {said['room']}"
        if said.get("to") is not None and said["to"] not in self.online:
            return "This person is not here any more"
        return None

    async def room_join(self, sid, given=None, *_):
        room, problem = name_of(given, "name of the room")
        if sid not in self.online:
            return {"error": "Not authenticated"}
        if problem:
            return {"error": problem}
        joined = self.rooms_of(sid)
        if room not in joined:
            if len(joined) >= MOST_ROOMS:
                return {"error": f"You are in {MOST_ROOMS} rooms: leave one first"}
            await self.sio.enter_room(sid, MARK + room)
            await self.tell(room, f"{self.online[sid]['username']} joined #{room}")
        return {"status": "ok", "rooms": self.rooms_of(sid)}

    async def room_leave(self, sid, room=None, *_):
        if sid in self.online and room in self.rooms_of(sid):
            await self.tell(room, f"{self.online[sid]['username']} left #{room}")
            await self.sio.leave_room(sid, MARK + room)
        return {"status": "ok", "rooms": self.rooms_of(sid)}

    async def tell(self, room, text):
        await self.emit("system-message", {"text": text, "timestamp": now(), "room": room}, to=MARK + room)

    def rooms_of(self, sid):
        rooms = [room for room in self.sio.rooms(sid) if isinstance(room, str)]
        return sorted(room.removeprefix(MARK) for room in rooms if room.startswith(MARK))


def problem_of_image(image):
    name, kind, data = (image.get(key) for key in ("name", "type", "bytes"))
    if not isinstance(data, bytes):
        return "The image is not binary"
    if len(data) > LARGEST_IMAGE:
        return f"The image has {len(data)} bytes; {LARGEST_IMAGE} are allowed"
    if kind not in IMAGES:
        return f"The image has to be one of {', '.join(IMAGES)}"
    if not isinstance(name, str) or len(name) > LONGEST_FILE_NAME:
        return "The name of the image is too long"
    return None


def now():
    return int(time.time() * 1000)
