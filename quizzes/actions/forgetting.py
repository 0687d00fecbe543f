"""Deletes what somebody answered. Her dates, and the events that moved them, stay."""

from datetime import date
from itertools import batched

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from quizzes.days import day_begins
from quizzes.models import Attempt

SITTINGS_AT_ONCE = 500


def forget_sittings(*, before: date | None = None, person: AbstractBaseUser | None = None) -> int:
    """Those that began before that day, or all of one person; how many there were.

    A sitting goes whole, with its answers and all that came late; what it taught the memory stays
    in her cards. A later correction leaves the dates of whoever has forgotten sittings alone.
    """
    old = Attempt.objects.order_by("pk")
    if before is not None:
        old = old.filter(started_at__lt=day_begins(before))
    if person is not None:
        old = old.filter(person_id=person.pk)
    return sum(_delete(old, some) for some in batched(_keys(old), SITTINGS_AT_ONCE))


def _keys(attempts: QuerySet[Attempt]) -> list[int]:
    return list(attempts.values_list("pk", flat=True))


@transaction.atomic
def _delete(old: QuerySet[Attempt], keys: tuple[int, ...]) -> int:
    old.filter(pk__in=keys).delete()
    return len(keys)
