"""Bytes out, bytes in, bytes deep inside. `echo` takes bytes as well."""

from .limits import size_and_parts
from .listen import listen, say


def binary(sio):
    async def binary_info(_sid, *args):
        return {"buffers": buffers_in(list(args)), "shape": shape_of(list(args))}

    async def binary_send(sid, asked=0, asked_parts=0, *_):
        size, parts = size_and_parts(asked, asked_parts)
        data = pattern(size)
        parts = [{"index": index, "bytes": data} for index in range(parts)]
        await say(sio, "binary", {"name": "blob", "data": data, "parts": parts}, to=sid)

    async def binary_ack(_sid, asked=0, *_):
        size, _parts = size_and_parts(asked, 0)
        return pattern(size), {"size": size}

    listen(sio, "/", {"binary-info": binary_info, "binary-send": binary_send, "binary-ack": binary_ack})


def pattern(size):
    """0, 1, 2 … 255, 0, 1 …: a byte out of place shows."""
    return (bytes(range(256)) * (size // 256 + 1))[:size]


def shape_of(value):
    """What arrived, in words that need no bytes."""
    match value:
        case bytes():
            return f"<{len(value)} bytes>"
        case list():
            return [shape_of(inner) for inner in value]
        case dict():
            return {key: shape_of(inner) for key, inner in value.items()}
    return value


def buffers_in(value):
    match value:
        case bytes():
            return 1
        case list():
            return sum(map(buffers_in, value))
        case dict():
            return sum(map(buffers_in, value.values()))
    return 0
