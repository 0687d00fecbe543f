"""Limits of wording, counted the way a reader counts.

A one-breath line has at most 25 words. A word is a run of characters between blanks that
holds at least one letter or digit, so a free-standing dash is not a word and "£38" is one.
"""

ONE_BREATH_WORDS = 25


def count_words(text: str) -> int:
    return sum(any(character.isalnum() for character in word) for word in text.split())
