"""Events, answers and broadcasts."""

from functools import partial

from .listen import listen, say


def basics(sio):
    emit = partial(say, sio)

    async def hello(sid, *_):
        await emit("helloResponse", "Hello from server 👋", to=sid)

    async def client_message(_sid, message=None, *_):
        return {"received": message}

    async def echo(sid, *args):
        await emit("echo", *args, to=sid)
        return args

    async def whoami(sid, *_):
        return {"id": sid, "transport": sio.transport(sid)}

    async def broadcast_others(sid, text=None, *_):
        await emit("chatMessage", {"user": sid, "text": text}, skip=sid)

    async def direct_message(sid, target, data=None, *_):
        await emit("direct-message", data, sid, to=target)

    async def server_error(sid, message=None, *_):
        await emit("error", {"message": message}, to=sid)

    def to_all(event):
        async def handle(_sid, text=None, *_):
            await emit(event, text)

        return handle

    def to_others(event, text):
        async def handle(sid, *_):
            await emit(event, text.format(sid=sid), skip=sid)

        return handle

    async def private(sid, *_):
        await emit("private", "Only you get this", to=sid)

    # There is no middleware for packets.
    async def forbidden(sid, *_):
        await emit("error", {"message": "Forbidden"}, to=sid)

    listen(sio, "/", {
        "hello": hello,
        "client-message": client_message,
        "echo": echo,
        "whoami": whoami,
        "chat message": to_all("chat message"),
        "broadcast-all": to_all("chatMessage"),
        "announcement": to_all("announcement"),
        "broadcast-others": broadcast_others,
        "msg": to_others("msg", "User joined"),
        "new user": to_others("new user", "Someone joined"),
        "user-joined": to_others("user-joined", "{sid} joined the chat"),
        "private": private,
        "direct-message": direct_message,
        "server-error": server_error,
        "forbidden": forbidden,
    })
