"""The ways in which a server ends a connection."""

from .listen import listen, say


def disconnects(sio):
    async def disconnect_me(sid, *_):
        await sio.disconnect(sid)

    # The library leaves one namespace at a time; the connection is left for the client to close.
    async def disconnect_me_hard(sid, *_):
        connection = sio.manager.eio_sid_from_sid(sid, "/")
        for namespace in list(sio.manager.get_namespaces()):
            member = sio.manager.sid_from_eio_sid(connection, namespace)
            if member is not None:
                await sio.disconnect(member, namespace)

    async def goodbye(sid, *_):
        await say(sio, "goodbye", "see you", to=sid)
        await sio.disconnect(sid)

    listen(sio, "/", {
        "disconnect-me": disconnect_me,
        "disconnect-me-hard": disconnect_me_hard,
        "close-engine": close_engine(sio, "/"),
        "goodbye": goodbye,
    })


def close_engine(sio, namespace):
    """With no word on any namespace."""

    async def close(sid, *_):
        await sio.eio.disconnect(sio.manager.eio_sid_from_sid(sid, namespace))

    return close
