"""Whose calendar asks: a secret address speaks for its person as long as she may sign in."""

import re
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from strategy.models import CalendarFeed

# Nothing else is looked for: PostgreSQL can't be asked for every sign.
KEY = re.compile(r"[A-Za-z0-9_-]{20,64}")


def key_of(person: AbstractBaseUser) -> str:
    """Hers, or none as long as she has asked for none; one query."""
    feeds = CalendarFeed.objects.filter(person_id=person.pk)
    return feeds.values_list("key", flat=True).first() or ""


def reader_with(key: str) -> Any | None:
    """The person behind a key; nobody where it is no key, or not hers any more, or she has left."""
    if not KEY.fullmatch(key):
        return None
    feed = CalendarFeed.objects.select_related("person").filter(key=key).first()
    if feed is None or not feed.person.is_active or feed.person.has_gone():
        return None
    return feed.person
