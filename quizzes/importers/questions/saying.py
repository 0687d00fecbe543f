"""Translates each sentence once for a language: a large file says the same many thousand times."""

from functools import lru_cache

from django.utils import translation


def gettext(sentence: str) -> str:
    return _translated(translation.get_language(), sentence)


@lru_cache(maxsize=1000)
def _translated(_language: str | None, sentence: str) -> str:
    return translation.gettext(sentence)
