"""Counts what colleagues looked for in vain, and lets marketing settle it. Never who looked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import structlog
from django.db import DatabaseError, connection, transaction

from knowledge.models import SearchMiss
from knowledge.spelling import tidied
from knowledge.workdays import monday_of

MOST_LETTERS = 120
# From here on it may be a telephone, account or customer's number.
MOST_DIGITS = 5
PATIENCE_IN_MILLISECONDS = 200
ONE_MORE = """
INSERT INTO knowledge_searchmiss (query, week_from, count, is_settled) VALUES (%s, %s, 1, %s)
ON CONFLICT (query, week_from) DO UPDATE SET count = knowledge_searchmiss.count + 1
"""

logger = structlog.get_logger("portal.search")


def note_miss(query: str, *, on: date) -> bool:
    """Counts a search without result. Whether it was counted: a busy database is left in peace."""
    words = countable(query)
    if not words:
        return False
    try:
        with brief_patience(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ONE_MORE, [words, monday_of(on), False])
    except DatabaseError:
        logger.info("search_miss_not_counted")
        return False
    return True


def settle_misses(query: str) -> int:
    """Every week of it. Who looks in vain from the next week on opens it again."""
    return SearchMiss.objects.open().filter(query=countable(query)).update(is_settled=True)


def reopen_misses(query: str) -> int:
    settled = SearchMiss.objects.filter(query=countable(query), is_settled=True)
    return settled.update(is_settled=False)


def countable(query: str) -> str:
    """The query as it is counted; empty where it could name a person or an account."""
    words = tidied(query).casefold()[:MOST_LETTERS].strip()
    is_number = sum(letter.isdigit() for letter in words) > MOST_DIGITS
    is_private = is_number or "@" in words
    return words if not is_private and any(map(str.isalnum, words)) else ""


@contextmanager
def brief_patience() -> Iterator[None]:
    """A lock is waited for as long as nobody notices, not as long as for an answer in a quiz."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_IN_MILLISECONDS}")
            yield
        return
    usual = connection.settings_dict["OPTIONS"].get("timeout", 5)
    set_busy_timeout(PATIENCE_IN_MILLISECONDS)
    try:
        yield
    finally:
        set_busy_timeout(int(usual * 1000))


def set_busy_timeout(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
