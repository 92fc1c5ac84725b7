"""Namespaces that are the point: a chat of its own, one that repeats the handshake, and a row of them."""

from urllib.parse import parse_qs

from .listen import listen, say, welcome

# The library makes namespaces on demand only if it makes every one, and those that there are not are to be refused.
MOST_DYNAMIC = 10


def namespaces(sio):
    chat(sio)
    handshake(sio)
    for number in range(MOST_DYNAMIC):
        dynamic(sio, f"/dynamic-{number}")


def chat(sio):
    welcome(sio, "/chat")
    listen(sio, "/chat", {"message": to_all(sio, "/chat")})


def handshake(sio):
    said = {}

    @sio.on("connect", namespace="/handshake")
    async def connect(sid, environ, auth):
        headers = {name[5:].lower().replace("_", "-"): it for name, it in environ.items() if name.startswith("HTTP_")}
        query = {name: values[-1] for name, values in parse_qs(environ["QUERY_STRING"], True).items()}
        said[sid] = {"auth": auth or {}, "query": query, "headers": headers, "url": environ["RAW_URI"]}

    @sio.on("disconnect", namespace="/handshake")
    async def disconnect(sid, _reason):
        said.pop(sid, None)

    async def tell(sid, *_):
        return said[sid]

    listen(sio, "/handshake", {"handshake": tell})


def dynamic(sio, name):
    async def where(_sid, *_):
        return name

    welcome(sio, name)
    listen(sio, name, {"where": where, "message": to_all(sio, name)})


def to_all(sio, name):
    async def message(_sid, text=None, *_):
        await say(sio, "message", text, namespace=name)

    return message
