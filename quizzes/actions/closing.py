"""What is still open after its due day is handed in as it is."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from knowledge.models import ModulePage
from quizzes.actions.standings import finish, lock_standing
from quizzes.models import Attempt, Standing
from quizzes.reports import overdue_attempts


def close_overdue(at: datetime) -> int:
    """Hands in every sitting whose due day is over, as of that day; how many there were.

    Each is closed by itself, and once: a second sweep, or one beside it, finds nothing to do.
    """
    pks = list(overdue_attempts(at).values_list("pk", flat=True))
    return sum(_close(pk, at) for pk in pks)


@transaction.atomic
def _close(pk: int, at: datetime) -> bool:
    attempt = Attempt.objects.select_related("module").filter(pk=pk).first()
    if attempt is None:
        return False
    standing = lock_standing(attempt)
    current = overdue_attempts(at).select_related("module").filter(pk=pk).first()
    if current is None:
        return False
    close_if_over(current, standing, at)
    return True


def open_attempts(person: AbstractBaseUser, module: ModulePage, at: datetime) -> list[Attempt]:
    """What a person is in the middle of with a module, once all that is over has been closed.

    Her standing is locked. One query where nothing is over.
    """
    attempts = list(Attempt.objects.open().filter(person_id=person.pk, module=module))
    for attempt in attempts:
        attempt.module = module
        if attempt.is_over(at):
            close_if_over(attempt, lock_standing(attempt), at)
    return [attempt for attempt in attempts if attempt.finished_at is None]


def close_others(standing: Standing, at: datetime) -> None:
    """Closes what is over of a person's sittings with one module; `standing` is hers, locked."""
    overdue = overdue_attempts(at).filter(
        person_id=standing.person_id, module_id=standing.module_id
    )
    for attempt in overdue.select_related("module"):
        close_if_over(attempt, standing, at)


def close_if_over(attempt: Attempt, standing: Standing, at: datetime) -> None:
    """Ends a sitting whose due day is over, as of that day; `standing` is locked."""
    if attempt.finished_at is None and attempt.closes_at and attempt.is_over(at):
        finish(attempt, standing, attempt.closes_at)
