"""Many, large and late events. The library knows no volatile ones: here they are like any other."""

import asyncio

from . import limits
from .listen import listen, say


def traffic(sio):
    def count_up(event):
        async def handle(sid, asked=0, *_):
            count = limits.events(asked)
            for number in range(1, count + 1):
                await say(sio, event, number, to=sid)
            return count

        return handle

    async def flood(sid, asked=0, asked_size=0, *_):
        count, size = limits.flood(asked, asked_size)
        for number in range(1, count + 1):
            await say(sio, "big", number, "x" * size, to=sid)
        return count

    async def later(sid, milliseconds, event, *args):
        await asyncio.sleep(limits.seconds(milliseconds))
        await say(sio, event, *args, to=sid)

    listen(sio, "/", {
        "burst": count_up("tick"),
        "flood": flood,
        "volatile-burst": count_up("volatile-tick"),
        "later": later,
    })
