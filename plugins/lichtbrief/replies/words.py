"""Plain words: what a parent may write, wherever something can be written."""

import unicodedata

MOST_WORDS = 2000
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def read_words(value: object, most: int = MOST_WORDS) -> str:
    """Plain words, at most so many signs; ValueError for others.

    A terminal shows them as they are, and no sign turns the direction of others.
    """
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("not words")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in value if sign != "\n"):
        raise ValueError("signs that are no words")
    return value.translate(TURNING)


def read_some_words(value: object) -> str:
    """The same, where there must be some."""
    words = read_words(value)
    if not words.strip():
        raise ValueError("no words")
    return words
