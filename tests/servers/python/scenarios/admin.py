"""A second namespace on the same connection that looks at and acts on `/`."""

from collections import deque

from .listen import listen, say, welcome


class DisconnectLog:
    """Why the server thinks that sockets of `/` left: `/admin` tells."""

    def __init__(self):
        self.entries = deque(maxlen=200)

    def note(self, sid, reason):
        self.entries.append({"id": sid, "reason": reason})


def admin(sio, log):
    async def count(_sid, *_):
        return len(list(sio.manager.get_participants("/", None)))

    async def announce(_sid, text=None, *_):
        # A name that nobody on `/` can have sent to the others: `announcement` is anybody's there.
        await say(sio, "admin-announcement", text)
        return True

    async def kick(_sid, target, *_):
        is_there = sio.manager.is_connected(target, "/")
        await sio.disconnect(target)
        return is_there

    async def disconnects(_sid, *_):
        return list(log.entries)

    welcome(sio, "/admin")
    listen(sio, "/admin", {"count": count, "announce": announce, "kick": kick, "disconnects": disconnects})
