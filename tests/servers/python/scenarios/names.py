"""Names of people and rooms."""

import unicodedata

LONGEST_NAME = 40


def name_of(given, what):
    """What is left without the spaces around it, and why it is none."""
    if not isinstance(given, str):
        raise TypeError(f"the {what} is no text")
    name = given.strip()
    if not name:
        return name, f"The {what} is empty"
    if len(name) > LONGEST_NAME:
        return name, f"The {what} has {len(name)} characters; choose one of at most {LONGEST_NAME}"
    if any(unicodedata.category(it) == "Cc" for it in name):
        return name, f"The {what} holds control characters"
    return name, None
