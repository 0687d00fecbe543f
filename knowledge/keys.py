"""Keys of rows, as addresses and forms write them."""

LARGEST_KEY = 2**63 - 1
MOST_DIGITS = len(str(LARGEST_KEY))


def key_in(text: str) -> int | None:
    """The number that is written there, where a row can have it."""
    is_short = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    key = int(text) if is_short else 0
    return key if 0 < key <= LARGEST_KEY else None
