"""What a client may ask of a scenario: what is above a limit is cut to it. The other servers have the same."""

MOST_EVENTS = 20_000
MOST_BYTES = 10_000_000
MOST_PARTS = 100
LONGEST_WAIT = 60_000


def at_most(most, it):
    return min(most, int(it)) if isinstance(it, int | float) else 0


def events(count):
    return at_most(MOST_EVENTS, count)


def flood(count, size):
    """How many events, and of which size."""
    limited = at_most(MOST_BYTES, size)
    return min(events(count), MOST_BYTES // max(1, limited)), limited


def size_and_parts(size, parts):
    """How many bytes, and how many parts of that size besides."""
    limited = at_most(MOST_BYTES, size)
    return limited, min(at_most(MOST_PARTS, parts), MOST_BYTES // max(1, limited) - 1)


def seconds(milliseconds):
    """How long a wait of so many milliseconds is."""
    return at_most(LONGEST_WAIT, milliseconds) / 1000
