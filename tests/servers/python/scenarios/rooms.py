"""Rooms, several rooms at once, and the sports rooms.

The library knows other rooms, too: one for each socket, and those of the chat. What a client may name is a namespace of
its own among them."""

from functools import partial

from .listen import listen, say
from .names import name_of

# Neither the id of a socket nor a room of the chat starts so.
MARK = "room:"
# Of one socket at a time.
MOST_ROOMS = 20


def rooms(sio):
    emit = partial(say, sio)

    async def join_room(sid, given=None, *_):
        room, error = await join(sio, sid, given)
        if error:
            return {"error": error}
        await emit("roomMessage", f"{sid} joined {room}", to=inner(room))
        return {"rooms": named(sio, sid)}

    async def leave_room(sid, room, *_):
        await sio.leave_room(sid, inner(room))
        await emit("roomMessage", f"{sid} left {room.strip()}", to=inner(room))
        return {"rooms": named(sio, sid)}

    async def my_rooms(sid, *_):
        return named(sio, sid)

    def to_room(event):
        async def handle(_sid, room, text=None, *_):
            await emit(event, text, to=inner(room))

        return handle

    async def chat_message(sid, data, *_):
        await emit("chatMessage", {"user": sid, "text": data["message"]}, to=inner(data["room"]))

    async def room_event(sid, room, data=None, *_):
        await emit("room-event", data, to=inner(room), skip=sid)

    async def multi_room(_sid, names, data=None, *_):
        await emit("multi-room", data, to=[inner(room) for room in names])

    async def join_team_room(sid, given=None, *_):
        team, error = await join(sio, sid, given)
        if error:
            return {"error": error}
        await emit("welcome-message", f"Welcome to the {team} fan club!", to=sid)
        return {"joined": team}

    async def send_score_update(_sid, team, score=None, *_):
        await emit("score-update", score, to=inner(team))
        return {"sent": True}

    listen(sio, "/", {
        "joinRoom": join_room,
        "leaveRoom": leave_room,
        "rooms": my_rooms,
        "roomMessage": to_room("roomMessage"),
        "room message": to_room("room message"),
        "chatMessage": chat_message,
        "room-event": room_event,
        "multi-room": multi_room,
        "join-team-room": join_team_room,
        "send-score-update": send_score_update,
    })


async def join(sio, sid, given, namespace="/"):
    """Joins the room of that name, or says why it cannot be joined."""
    if not isinstance(given, str):
        return None, "The name of the room is no text"
    room, problem = name_of(given, "name of the room")
    if problem:
        return None, problem
    joined = named(sio, sid, namespace)
    if len(joined) >= MOST_ROOMS and room not in joined:
        return None, f"You are in {MOST_ROOMS} rooms: leave one first"
    await sio.enter_room(sid, inner(room), namespace)
    return room, None


def inner(room):
    """What the library calls it."""
    return MARK + room.strip()


def named(sio, sid, namespace="/"):
    """The rooms a socket joined itself."""
    rooms = [room for room in sio.rooms(sid, namespace) if isinstance(room, str)]
    return sorted(room.removeprefix(MARK) for room in rooms if room.startswith(MARK))
