"""Acknowledgements: those the client asks for, and those the server asks for."""

import asyncio
import itertools

from .limits import seconds
from .listen import listen, say


def acks(sio):
    ids = itertools.count(1)

    async def save_message(_sid, data=None, *_):
        text = data.get("text") if isinstance(data, dict) else None
        if not isinstance(text, str) or text == "":
            return {"status": "error", "error": "Text is required"}
        return {"status": "ok", "id": next(ids)}

    async def late_ack(_sid, milliseconds=0, *args):
        await asyncio.sleep(seconds(milliseconds))
        return args

    async def never_ack(_sid, *_):
        return sio.not_handled

    # A result is one answer: there is no way to a second one.
    async def double_ack(_sid, *_):
        return "first"

    async def ask_me(sid, milliseconds=0, *question):
        await say(sio, "question-answered", await ask(sio, sid, milliseconds, question), to=sid)

    async def ask_everyone(sid, milliseconds=0, *question):
        everyone = [each for each, _ in sio.manager.get_participants("/", None)]
        answers = await asyncio.gather(*(ask(sio, each, milliseconds, question) for each in everyone))
        answered = [it["args"] for it in answers if not it["timedOut"]]
        await say(sio, "everyone-answered", {"answers": answered, "missing": len(answers) - len(answered)}, to=sid)

    listen(sio, "/", {
        "save-message": save_message,
        "late-ack": late_ack,
        "never-ack": never_ack,
        "double-ack": double_ack,
        "ask-me": ask_me,
        "ask-everyone": ask_everyone,
    })


async def ask(sio, sid, milliseconds, question):
    """Asks one client. By hand: `call` makes one argument and a list of one the same."""
    answer = asyncio.get_running_loop().create_future()

    def answered(*args):
        if not answer.done():
            answer.set_result(list(args))

    await sio.emit("question", question, to=sid, callback=answered)
    try:
        return {"timedOut": False, "args": await asyncio.wait_for(answer, seconds(milliseconds))}
    except asyncio.TimeoutError:
        return {"timedOut": True, "args": []}
