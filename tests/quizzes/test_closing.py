"""A quiz that closes on a day, and one that opens again at once."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from knowledge.models import ModulePage, OpensAgain
from quizzes.actions import (
    QuizClosed,
    close_overdue,
    hand_in,
    start_practice,
    start_quiz,
    submit_answer,
)
from quizzes.deadlines import GRACE
from quizzes.drawing import OpensTomorrow
from quizzes.models import Attempt, LateAnswer, Question, StandingEvent
from tests.factories import PersonFactory, answer_all, module_with_questions

pytestmark = pytest.mark.django_db

# The organisation's day ends in London.
LAST = datetime(2026, 11, 24, 23, 59, tzinfo=ZoneInfo("Europe/London"))
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def module() -> ModulePage:
    module = module_with_questions(6)
    module.closes_on = date(2026, 11, 24)
    module.save()
    return module


def begun(module: ModulePage, at: datetime) -> Attempt:
    return start_quiz(person=PersonFactory(), module=module, at=at)


def test_the_last_minute_still_counts(module: ModulePage) -> None:
    attempt = begun(module, LAST)

    answer_all(attempt, right=True, at=LAST + GRACE)

    assert Attempt.objects.get().is_passed is True


def test_after_the_day_no_quiz_begins(module: ModulePage) -> None:
    with pytest.raises(QuizClosed):
        begun(module, LAST + A_MINUTE)

    assert start_practice(person=PersonFactory(), module=module, at=LAST + A_MINUTE)


def test_what_comes_too_late_is_kept_and_closes_the_quiz(module: ModulePage) -> None:
    attempt = begun(module, LAST - A_MINUTE)

    submit_answer(
        attempt=attempt, position=1, response=[], sureness="sure", at=LAST + GRACE + A_MINUTE
    )

    closed = Attempt.objects.get()
    assert (closed.finished_at, closed.is_passed) == (LAST, False)
    assert LateAnswer.objects.get().answer.answered_at is None


def test_whoever_never_returns_is_closed_as_of_the_day(module: ModulePage) -> None:
    attempt = begun(module, LAST - timedelta(hours=1))
    for answer in list(attempt.answers.all())[:3]:
        answer_all_of(attempt, answer.position)

    later = LAST + timedelta(days=3)
    assert close_overdue(later) == 1
    assert close_overdue(later) == 0

    assert Attempt.objects.get().finished_at == LAST
    assert StandingEvent.objects.filter(at__gt=LAST).count() == 0


def answer_all_of(attempt: Attempt, position: int) -> None:
    submit_answer(
        attempt=attempt, position=position, response=[], sureness="sure", at=LAST - A_MINUTE
    )


def test_a_day_that_the_author_moves_binds_those_who_begin_after_it(module: ModulePage) -> None:
    before = begun(module, LAST - A_MINUTE)
    module.closes_on = date(2026, 11, 30)
    module.save()

    assert close_overdue(LAST + timedelta(days=1)) == 1
    assert begun(module, LAST + timedelta(days=1)).closes_at == LAST + timedelta(days=6)
    assert Attempt.objects.get(pk=before.pk).finished_at == LAST


def test_practice_closes_what_was_overdue_before_it_moves_a_date(module: ModulePage) -> None:
    attempt = begun(module, LAST - A_MINUTE)

    start_practice(person=attempt.person, module=module, at=LAST + timedelta(days=1))

    assert Attempt.objects.get(pk=attempt.pk).finished_at == LAST


def test_practice_that_goes_on_closes_what_is_over_first(module: ModulePage) -> None:
    attempt = begun(module, LAST - A_MINUTE)
    practice = start_practice(person=attempt.person, module=module, at=LAST - A_MINUTE)

    answer_all(practice, right=True, at=LAST + timedelta(days=2))

    assert Attempt.objects.get(pk=attempt.pk).finished_at == LAST


def test_a_day_that_the_author_takes_away_still_binds_who_began(module: ModulePage) -> None:
    attempt = begun(module, LAST - A_MINUTE)
    module.closes_on = None
    module.save()

    start_practice(person=attempt.person, module=module, at=LAST + timedelta(days=2))

    assert Attempt.objects.get(pk=attempt.pk).finished_at == LAST


def test_handing_in_too_late_is_handing_in_on_the_day(module: ModulePage) -> None:
    attempt = begun(module, LAST - A_MINUTE)

    assert hand_in(attempt=attempt, at=LAST + timedelta(hours=2)).finished_at == LAST


def test_a_quiz_without_a_day_is_never_closed(at: datetime) -> None:
    begun(module_with_questions(), at)

    assert close_overdue(at + timedelta(days=999)) == 0


def test_the_sweep_is_a_command(module: ModulePage, capsys: pytest.CaptureFixture[str]) -> None:
    begun(module, datetime(2026, 11, 20, tzinfo=ZoneInfo("UTC")))
    Attempt.objects.update(closes_at=datetime(2026, 11, 19, tzinfo=ZoneInfo("UTC")))

    call_command("close_overdue")

    assert Attempt.objects.get().finished_at is not None


@pytest.mark.parametrize("opens_again", OpensAgain.values)
def test_a_quiz_opens_again_at_once_where_its_module_says_so(
    opens_again: str, module: ModulePage
) -> None:
    module.opens_again = opens_again
    module.save()
    Question.objects.update(is_must_know=True)
    attempt = begun(module, LAST - timedelta(hours=2))
    answer_all(attempt, right=False, at=LAST - timedelta(hours=2))

    start: dict[str, Any] = {
        "person": attempt.person,
        "module": module,
        "at": LAST - timedelta(hours=1),
    }
    if opens_again == OpensAgain.AT_ONCE:
        assert start_quiz(**start) != attempt
    else:
        with pytest.raises(OpensTomorrow):
            start_quiz(**start)
