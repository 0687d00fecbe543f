"""What every screen of a sitting begins with: who asks, for which module, and where it goes on."""

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from knowledge.keys import key_in
from knowledge.models import ModulePage
from knowledge.views.reaching import colleague
from quizzes.actions import hand_in
from quizzes.models import Answer
from quizzes.reports import (
    Sitting,
    newest_sitting,
)
from quizzes.reports.sittings import sitting_sent_from

HOLDER_LENGTH = 24


def module_or_404(slug: str) -> ModulePage:
    module: ModulePage = get_object_or_404(
        ModulePage.objects.open_to_colleagues().select_related("brief").in_readers_words(),
        slug=slug,
    )
    return module


def sitting_or_404(
    request: HttpRequest, module: str, kind: str, *, is_finished: bool = False
) -> Sitting:
    sitting = current_sitting(colleague(request), module, kind, is_finished=is_finished)
    if sitting is None:
        raise Http404
    return sitting


def current_sitting(
    person: AbstractBaseUser, module: str, kind: str, *, is_finished: bool = False
) -> Sitting | None:
    """The newest one; handed in where its due day went by and no sweep has come past yet."""
    sitting = newest_sitting(person, module, kind, is_finished=is_finished)
    now = timezone.now()
    if sitting is None or sitting.attempt.finished_at or not sitting.attempt.is_over(now):
        return sitting
    hand_in(attempt=sitting.attempt, at=now)
    return newest_sitting(person, module, kind, is_finished=is_finished)


def sitting_meant(request: HttpRequest, sitting: Sitting) -> Sitting:
    """The sitting whose question was sent: a page may have been left open since an earlier one.

    By its position alone, its answer would land on another question.
    """
    sent = request.POST.get("sitting", "")
    if sent in {"", str(sitting.attempt.pk)}:
        return sitting
    earlier = sitting_sent_from(sitting.attempt, sent) if key_in(sent) else None
    if earlier is None:
        raise Http404
    return earlier


def answer_or_404(sitting: Sitting, position: int) -> Answer:
    answer = sitting.answer_at(position)
    if answer is None:
        raise Http404
    return answer


def holder_of(person: AbstractBaseUser) -> str:
    """Names a person to her browser without naming her: what waits there is hers alone."""
    named = salted_hmac("quizzes.holder", str(person.pk), algorithm="sha256")
    return named.hexdigest()[:HOLDER_LENGTH]


def address_of(sitting: Sitting, position: int | None) -> str:
    """Where a sitting goes on: at a question, or at its result."""
    kind, module = sitting.attempt.kind, sitting.attempt.module.slug
    if position is None or sitting.attempt.finished_at is not None:
        return reverse(f"quizzes:{kind}-result", args=[module])
    return question_address(sitting, position)


def question_address(sitting: Sitting, position: int) -> str:
    place = [sitting.attempt.module.slug, position]
    return reverse(f"quizzes:{sitting.attempt.kind}-question", args=place)
