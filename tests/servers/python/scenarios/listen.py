"""How every scenario listens and speaks: no exception leaves a handler, and arguments are always a list of them."""


def listen(sio, namespace, handlers):
    """`handlers` maps an event to `async (sid, *args)`, whose result is the answer: a tuple is several arguments."""
    for event, handle in handlers.items():
        sio.on(event, guarded(sio, namespace, event, handle), namespace=namespace)


def guarded(sio, namespace, event, handle):
    async def handler(sid, *args):
        try:
            return await handle(sid, *args)
        except Exception as error:
            await say(sio, "error", {"message": f"{event}: {error}"}, to=sid, namespace=namespace)
            return sio.not_handled  # which is not answered

    return handler


def say(sio, event, *args, to=None, skip=None, namespace="/"):
    """To all, but for `to`: a socket, a room, or a list of those. A tuple, as a lone `None` would be no argument."""
    return sio.emit(event, args, to=to, skip_sid=skip, namespace=namespace)


def welcome(sio, namespace):
    """Lets everybody in."""

    async def connect(_sid, _environ, _auth):
        pass

    sio.on("connect", connect, namespace=namespace)
