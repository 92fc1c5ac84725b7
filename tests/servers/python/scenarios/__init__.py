"""Everything on `/` is installed here; a namespace that is itself the point has a file of its own."""

from .acks import acks
from .admin import DisconnectLog, admin
from .auth import auth
from .basics import basics
from .binary import binary
from .chat import Chat
from .disconnects import disconnects
from .listen import welcome
from .namespaces import namespaces
from .recovery import recovery
from .rooms import rooms
from .traffic import traffic
from .tutorial import tutorial


def install_scenarios(sio):
    chat, log = Chat(sio), DisconnectLog()
    welcome(sio, "/")
    for scenarios in (basics, rooms, acks, binary, disconnects, traffic):
        scenarios(sio)
    chat.install()

    @sio.on("disconnect")
    async def gone(sid, reason):
        log.note(sid, reason)
        await chat.leave(sid)

    admin(sio, log)
    auth(sio)
    namespaces(sio)
    recovery(sio)
    tutorial(sio)
