"""The command line: of the options of ../server.mjs those that this server has, under the same names."""

import argparse


class UsageError(Exception):
    """A mistake of the caller: told in one sentence, without a traceback."""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise UsageError(f"{message}; --help lists what there is")


def read_options(argv):
    parser = Parser(prog="python server.py", allow_abbrev=False)
    parser.add_argument("--port", type=number(65535), default=0, help="0 takes a free port (0)")
    parser.add_argument("--cors-origin", action="append", help="may be given several times; * for all")
    parser.add_argument("--cors-credentials", action="store_true", help="allow cookies from those origins")
    parser.add_argument("--cookie", help="set an affinity cookie on the handshake")
    parser.add_argument("--ping-interval", type=number(), default=25_000, help="in milliseconds")
    parser.add_argument("--ping-timeout", type=number(), default=20_000, help="in milliseconds")
    parser.add_argument("--max-payload", type=number(), default=1_000_000, help="the server's max_http_buffer_size")
    options = parser.parse_args(argv)
    if options.cors_credentials and not options.cors_origin:
        raise UsageError("--cors-credentials needs a --cors-origin beside it")
    return options


def number(most=2**53):
    def read(given):
        if given.isdecimal() and int(given) <= most:
            return int(given)
        raise argparse.ArgumentTypeError(f'"{given}" is not a whole number from 0 to {most}')

    return read
