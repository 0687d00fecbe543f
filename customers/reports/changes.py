"""What departments changed or will change, and what that asks of promises."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import ChangeQuestion, ProcessChange
from knowledge.models import Change, PromisePage
from knowledge.ownership import keepers_of
from knowledge.reports import brief_address, promise_versions
from quizzes.days import organisation_day

MOST_MARKS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of a promise's timeline; `question` is what it asks the promise's owner."""

    on: date
    title: str
    text: str
    url: str = ""
    why: str = ""
    is_planned: bool = False
    question: ChangeQuestion | None = None


def logged_changes() -> models.QuerySet[ProcessChange]:
    """Newest first, with all that a list of them tells; four queries."""
    promises: Any = PromisePage.objects.open_to_colleagues().order_by("title")
    questions = ChangeQuestion.objects.filter(promise__in=promises).select_related(
        "promise", "answered_by"
    )
    return ProcessChange.objects.select_related("department", "logged_by").prefetch_related(
        models.Prefetch("promises", promises), "measures", models.Prefetch("questions", questions)
    )


def marks_along(promise: PromisePage, *, on: date) -> list[Mark]:
    """What changed along a promise's thread, what comes first; four queries."""
    marks = [
        *_of_process(promise, on),
        *_of_briefs(promise),
        *_of_promise(promise),
    ]
    return sorted(marks, key=lambda mark: mark.on, reverse=True)[:MOST_MARKS]


def _of_process(promise: PromisePage, on: date) -> Iterable[Mark]:
    questions = ChangeQuestion.objects.filter(promise=promise).select_related("answered_by")
    along = (
        models.Q(promises=promise)
        | models.Q(measures__promise=promise)
        | models.Q(measures__claim__promise=promise)
        | models.Q(questions__promise=promise)
    )
    changes = ProcessChange.objects.filter(along, dropped_at=None).distinct()
    asked = models.Prefetch("questions", questions, to_attr="asked")
    for change in changes.select_related("department").prefetch_related(asked):
        found: Any = change
        yield Mark(
            on=change.happens_on,
            title=change.reference,
            text=f"{change.department}: {_sentence(change.title)} {_sentence(change.details)}",
            url=reverse("customers:change-detail", args=[change.reference]),
            why=_sentence(change.why),
            is_planned=change.happens_on > on,
            question=next(iter(found.asked), None),
        )


def _sentence(text: str) -> str:
    return f"{text}." if text and text[-1] not in ".!?…" else text


def _of_briefs(promise: PromisePage) -> Iterable[Mark]:
    changes = Change.objects.filter(brief__promises=promise, brief__live=True)
    for change in changes.exclude(kind=Change.Kind.FIRST).select_related("brief"):
        words = {"brief": change.brief.title, "number": change.version}
        yield Mark(
            on=organisation_day(change.at),
            title=_("%(brief)s, version %(number)s") % words,
            text=change.reason,
            url=brief_address(change.brief),
        )


def _of_promise(promise: PromisePage) -> Iterable[Mark]:
    for version in promise_versions(promise):
        if version.number > 1:
            yield Mark(
                on=version.on,
                title=_("The promise, version %(number)s") % {"number": version.number},
                text=version.reason,
                url=reverse("customers:evidence-detail", args=[promise.slug]),
            )


def open_questions() -> models.QuerySet[ChangeQuestion]:
    open_ones = ChangeQuestion.objects.filter(
        answer=ChangeQuestion.Answer.OPEN, change__dropped_at=None
    )
    return open_ones.select_related("change__department", "promise__owner").order_by(
        "change__happens_on", "pk"
    )


def questions_for(person: AbstractBaseUser, *, on: date) -> list[ChangeQuestion]:
    """Those that wait for somebody who answers for the promise, or cares for it.

    One query where nothing waits; finding who follows an owner that has left costs more.
    """
    waiting = list(open_questions())
    keepers = keepers_of({each.promise_id: each.promise for each in waiting}.values(), on)
    return [
        each
        for each in waiting
        if person.pk in (_key_of(keepers[each.promise_id].person), each.promise.carer_id)
    ]


def _key_of(person: Any) -> int | None:
    key: int | None = getattr(person, "pk", None)
    return key
