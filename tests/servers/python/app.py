"""python-socketio behind uvicorn, with a little HTTP beside it.

Not behind aiohttp: there python-engineio 4.15 reads the first piece of a POST's body and takes it for the whole, so
that whatever comes in two is lost."""

import asyncio
import json
import socket
from urllib.parse import parse_qs

import socketio
import uvicorn

from options import UsageError
from scenarios import install_scenarios


async def serve(options):
    """Listens on the loopback only, and returns the server and its port once it does."""
    sio = socketio.AsyncServer(async_mode="asgi", **engine_options(options))
    install_scenarios(sio)
    app = gate(socketio.ASGIApp(sio, web))

    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", options.port))
    except OSError:
        raise UsageError(f"port {options.port} is taken: give another, or --port 0 for any free one") from None
    server = Server(app, listener)
    await server.ready()
    return server, listener.getsockname()[1]


def engine_options(options):
    interval = options.ping_interval / 1000
    return {
        # The handshake cuts the interval to whole seconds, and clients must not give up early. The grace is told, not kept.
        "ping_interval": (interval, -interval % 1),
        "ping_timeout": options.ping_timeout / 1000,
        "max_http_buffer_size": options.max_payload,
        # Without origins a page may come from the server's own.
        "cors_allowed_origins": "*" if options.cors_origin == ["*"] else options.cors_origin,
        "cors_credentials": options.cors_credentials,
        "cookie": options.cookie and {"name": options.cookie, "path": "/", "HttpOnly": True, "SameSite": "Lax"},
    }


class Server:
    """uvicorn as a task, which leaves signals alone."""

    def __init__(self, app, listener):
        config = uvicorn.Config(app, log_level="critical", lifespan="off", access_log=False, timeout_graceful_shutdown=1)
        self.uvicorn = uvicorn.Server(config)
        self.task = asyncio.create_task(self.uvicorn._serve([listener]))

    async def ready(self):
        while not self.uvicorn.started:
            await asyncio.sleep(0.01)

    def end(self):
        self.uvicorn.should_exit = True

    async def ended(self):
        await self.task


def gate(app):
    """A handshake with `?refuse=…` is turned away before there is a session: HTTP 403, code 4."""

    async def guarded(scope, receive, send):
        refuse = parse_qs(scope["query_string"].decode()).get("refuse")
        if refuse:
            return await answer(scope, send, 403, {"code": 4, "message": refuse[0]})
        return await app(scope, receive, send)

    return guarded


async def web(scope, _receive, send):
    """REST stands beside the sockets."""
    pages = {
        "/": "Scenario server for tests, python-socketio",
        "/api/hello": {"message": "Hello from Python API"},
        "/api/health": {"status": "ok"},
    }
    page = pages.get(scope["path"]) if scope["type"] == "http" else None
    await answer(scope, send, 404 if page is None else 200, page)


async def answer(scope, send, status, content):
    """To a request, or to one for a WebSocket."""
    kind = "text/plain" if isinstance(content, str) else "application/json"
    body = (content if isinstance(content, str) else json.dumps(content)).encode()
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    what = "http.response" if scope["type"] == "http" else "websocket.http.response"
    await send({"type": f"{what}.start", "status": status, "headers": headers})
    await send({"type": f"{what}.body", "body": body})
