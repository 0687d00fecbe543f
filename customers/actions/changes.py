"""The only writer of process changes, and of what they ask the owners of promises."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, models, transaction

from customers.models import ChangeQuestion, Measure, ProcessChange
from departments.models import Department, Link
from knowledge.models import PromisePage
from quizzes.days import organisation_day

_NUMBERED = re.compile(r"PC-(\d{1,9})", re.ASCII)
_ATTEMPTS = 5


class SettledMeanwhile(Exception):
    """Somebody else has answered it, or it has happened or was dropped; nothing was written."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a process change."""

    title: str
    why: str
    happens_on: date
    department: Department
    details: str = ""
    promises: tuple[PromisePage, ...] = ()
    measures: tuple[Measure, ...] = ()


def log_change(*, told: Told, by: AbstractBaseUser | None, at: datetime) -> ProcessChange:
    """Under the next number; owners of the promises along the chain are asked."""
    for attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                change = new_change(next_reference(), told, by=by, at=at)
                ask_owners(change)
                return change
        except IntegrityError:
            # Somebody else took the number at this moment.
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError


def next_reference() -> str:
    references = ProcessChange.objects.values_list("reference", flat=True)
    numbers = [int(found[1]) for each in references if (found := _NUMBERED.fullmatch(each))]
    return f"PC-{max(numbers, default=0) + 1:03}"


def new_change(
    reference: str, told: Told, *, by: AbstractBaseUser | None, at: datetime
) -> ProcessChange:
    change = ProcessChange(reference=reference, logged_by_id=by.pk if by else None, logged_at=at)
    rewrite_change(change, told)
    return change


@transaction.atomic
def rewrite_change(change: ProcessChange, told: Told) -> None:
    change.title, change.details, change.why = told.title, told.details, told.why
    change.happens_on, change.department = told.happens_on, told.department
    change.save()
    change.promises.set(told.promises)
    change.measures.set(told.measures)


def ask_owners(change: ProcessChange) -> None:
    """Once for each promise, however often it is called."""
    ChangeQuestion.objects.bulk_create(
        (ChangeQuestion(change=change, promise=promise) for promise in asked_promises(change)),
        ignore_conflicts=True,
    )


def asked_promises(change: ProcessChange) -> Iterable[PromisePage]:
    """Those that the change names, and those in whose chain its department has a link.

    What a department changes, the departments above it and below it may feel in their own links.
    """
    place = change.department.path
    above = [place[:end] for end in range(Department.steplen, len(place) + 1, Department.steplen)]
    along = models.Q(department__path__in=above) | models.Q(department__path__startswith=place)
    conditions = [
        models.Q(pk__in=change.promises.values("pk")),
        models.Q(pk__in=Link.objects.filter(along).values("promise")),
    ]
    promises: Any = PromisePage.objects.open_to_colleagues().filter(reduce(or_, conditions))
    return list(promises)


@transaction.atomic
def drop_change(*, change: ProcessChange, at: datetime) -> None:
    """Raises `SettledMeanwhile` where its day has come, or it was dropped before."""
    stored = ProcessChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if not is_droppable(stored, on=organisation_day(at)):
        raise SettledMeanwhile
    stored.dropped_at = at
    stored.save(update_fields=["dropped_at"])


def is_droppable(change: ProcessChange, *, on: date) -> bool:
    return change.dropped_at is None and change.happens_on > on


@transaction.atomic
def answer_question(
    *,
    question: ChangeQuestion,
    answer: str,
    note: str,
    by: AbstractBaseUser,
    at: datetime,
) -> None:
    """Raises `SettledMeanwhile` where it is answered already."""
    waiting = ChangeQuestion.objects.select_for_update(of=("self",)).filter(
        pk=question.pk, answer=ChangeQuestion.Answer.OPEN
    )
    stored = waiting.first()
    if stored is None:
        raise SettledMeanwhile
    stored.answer, stored.note = answer, note
    stored.answered_by_id, stored.answered_at = by.pk, at
    stored.save(update_fields=["answer", "note", "answered_by", "answered_at"])
