"""Snippets of the tutorials whose event names are taken by the chat application on `/`."""

import time
from functools import partial

from .listen import listen, say

NAMESPACE = "/tutorial"


def tutorial(sio):
    emit = partial(say, sio, namespace=NAMESPACE)

    @sio.on("connect", namespace=NAMESPACE)
    async def connect(sid, _environ, _auth):
        # Behind the answer to CONNECT, which leaves when this has returned.
        sio.start_background_task(greet, sid)

    async def greet(sid):
        here = list(sio.manager.get_participants(NAMESPACE, None))
        await emit("welcome", {"message": "Welcome to the chat!", "onlineUsers": len(here)}, to=sid)

    async def chat_message(sid, data=None, *_):
        if isinstance(data, str):
            return await emit("new-chat-message", data, skip=sid)
        message = {"user": data["user"], "text": data["text"], "timestamp": int(time.time() * 1000)}
        return await emit("chat-message", message, skip=sid)

    def tell_others(event):
        async def handle(sid, username=None, *_):
            await emit(event, username, skip=sid)

        return handle

    listen(sio, NAMESPACE, {
        "chat-message": chat_message,
        "typing": tell_others("user-typing"),
        "stop-typing": tell_others("user-stopped-typing"),
    })
