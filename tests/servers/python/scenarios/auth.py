"""A namespace with a door, and one that takes its time."""

import asyncio

from socketio.exceptions import ConnectionRefusedError

from .limits import seconds
from .listen import listen

TOKENS = {"mysecrettoken", "secret", "123"}


def auth(sio):
    @sio.on("connect", namespace="/secure")
    async def knock(_sid, _environ, given):
        token = (given or {}).get("token")
        if token not in TOKENS:
            code, retry = ("no_token", False) if token is None else ("bad_token", True)
            raise ConnectionRefusedError("Unauthorized", {"code": code, "retry": retry})

    async def secret(_sid, *_):
        return "the cake is a lie"

    listen(sio, "/secure", {"secret": secret})

    @sio.on("connect", namespace="/slow")
    async def wait(_sid, _environ, given):
        await asyncio.sleep(seconds((given or {}).get("delay")))

    async def ready(_sid, *_):
        return True

    listen(sio, "/slow", {"ready": ready})
