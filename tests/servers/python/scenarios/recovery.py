"""Where the official server recovers connections. Here nothing is recovered, and that can be asked."""

import asyncio

from .disconnects import close_engine
from .limits import seconds
from .listen import listen, say, welcome
from .rooms import inner, join, named

NAMESPACE = "/recovery"


def recovery(sio):
    def state(sid):
        return {"id": sid, "recovered": False, "rooms": named(sio, sid, NAMESPACE)}

    async def join_room(sid, given=None, *_):
        _room, error = await join(sio, sid, given, NAMESPACE)
        return {"error": error} if error else state(sid)

    async def tell_state(sid, *_):
        return state(sid)

    async def publish(_sid, room, *args):
        await say(sio, "missed", *args, to=inner(room), namespace=NAMESPACE)
        return True

    async def broadcast_after(_sid, milliseconds, room, *args):
        await asyncio.sleep(seconds(milliseconds))
        await say(sio, "missed", *args, to=inner(room), namespace=NAMESPACE)

    welcome(sio, NAMESPACE)
    listen(sio, NAMESPACE, {
        "join": join_room,
        "state": tell_state,
        "publish": publish,
        "broadcast-after": broadcast_after,
        "close-engine": close_engine(sio, NAMESPACE),
    })
