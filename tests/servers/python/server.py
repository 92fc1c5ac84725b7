"""A scenario server for tests, on python-socketio. It says where it listens in one line of JSON and lives as long as its
stdin: a test that dies, however it dies, leaves no server behind. SIGTERM ends it politely."""

import asyncio
import json
import os
import signal
import sys
import threading

from app import serve
from options import UsageError, read_options


async def main():
    try:
        options = read_options(sys.argv[1:])
        server, port = await serve(options)
    except UsageError as error:
        fail(str(error))
    threading.Thread(target=end_with_stdin, daemon=True).start()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, server.end)
    print(json.dumps({"ready": True, "port": port, "version": "python"}), flush=True)
    await server.ended()


def end_with_stdin():
    try:
        while os.read(sys.stdin.fileno(), 4096):
            pass
    except OSError:
        pass
    os._exit(0)


def fail(sentence):
    print(sentence, file=sys.stderr)
    sys.exit(2)


asyncio.run(main())
