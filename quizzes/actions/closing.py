"""What is still open after its due day is handed in as it is."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from knowledge.models import ModulePage
from quizzes.actions.standings import finish, lock_standing
from quizzes.models import Attempt
from quizzes.reports import overdue_attempts


def close_overdue(at: datetime) -> int:
    """Hands in every sitting whose due day is over, as of that day; how many there were.

    Each is closed by itself, and once: a second sweep, or one beside it, finds nothing to do.
    """
    pks = list(overdue_attempts(at).values_list("pk", flat=True))
    return sum(_close(pk, at) for pk in pks)


def close_own(person: AbstractBaseUser, module: ModulePage, at: datetime) -> None:
    """The same for one person and one module, before anything else moves her date."""
    if module.closes_on is None:
        return
    overdue = overdue_attempts(at).filter(person_id=person.pk, module=module)
    for pk in list(overdue.values_list("pk", flat=True)):
        _close(pk, at)


@transaction.atomic
def _close(pk: int, at: datetime) -> bool:
    attempt = Attempt.objects.select_related("module__brief").get(pk=pk)
    standing = lock_standing(attempt)
    current = overdue_attempts(at).select_related("module__brief").filter(pk=pk).first()
    if current is None or current.closes_at is None:
        return False
    finish(current, standing, current.closes_at)
    return True
