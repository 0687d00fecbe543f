"""How good the dates are: what an administrator sees of it, and what she may do about it."""

import re
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.models import User
from quizzes.actions.stretching import OutOfBoundsError, stretch
from quizzes.calibration import Foretold, calibration
from quizzes.models import Answer, Attempt, QuizSettings, Standing, StretchChange
from quizzes.reports.calibrations import calibration_under
from tests.conftest import NOW
from tests.factories import AttemptFactory, PersonFactory

pytestmark = pytest.mark.django_db


def foretell(count: int, *, expected: float, right: int) -> None:
    """Answers to one question for which so much was expected, each of a practice of its own."""
    first = AttemptFactory(practice=True, passed=True).answers.first()
    sittings = Attempt.objects.bulk_create(
        Attempt(
            person=first.attempt.person,
            module=first.attempt.module,
            kind=Attempt.Kind.PRACTICE,
            version=1,
            started_at=NOW,
            finished_at=NOW,
        )
        for _number in range(count)
    )
    Answer.objects.bulk_create(
        Answer(
            attempt=sitting,
            question=first.question,
            position=1,
            is_right=number < right,
            mark=float(number < right),
            expected=expected,
            answered_at=NOW,
        )
        for number, sitting in enumerate(sittings)
    )


@pytest.fixture
def administrator(client: Client, portal_site: None) -> User:
    person: User = PersonFactory(administrator=True)
    client.force_login(person)
    return person


def page(client: Client, **query: str) -> str:
    answer = client.get(reverse("dates:index"), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def send(client: Client, to: float, since: float = 1.0, reason: str = "The chart.") -> Any:
    return client.post(reverse("dates:index"), {"to": to, "since": since, "reason": reason})


def dates() -> list[Any]:
    return list(Standing.objects.order_by("pk").values_list("ready_until", "practice_from"))


def test_what_memory_expected_stands_beside_what_came(client: Client, administrator: User) -> None:
    foretell(100, expected=0.8, right=84)
    shown = page(client)
    assert "When we expect 80 % to be right, 84 % are." in shown
    assert "That is too few to conclude anything from" in shown
    assert "Stretch all new dates" not in shown


def test_without_a_foretold_answer_it_says_so(client: Client, administrator: User) -> None:
    AttemptFactory(passed=True)
    assert "No answer has been foretold yet" in page(client)


def test_void_answers_and_those_of_trying_first_tell_nothing_about_memory() -> None:
    foretell(3, expected=0.8, right=3)
    kinds = Answer.objects.filter(expected__isnull=False)
    Answer.objects.filter(pk=kinds.values_list("pk")[0][0]).update(is_void=True)
    assert calibration_under(1).n == 2
    Attempt.objects.update(kind=Attempt.Kind.TRY)
    assert calibration_under(1).n == 0


def test_answers_that_are_counted_together_make_the_figures_of_each_alone() -> None:
    rng = Random(4)
    for _time in range(5):
        foretell(20, expected=rng.random(), right=rng.randrange(20))
    rows = Answer.objects.filter(expected__isnull=False).values_list("expected", "is_right")
    alone = calibration(Foretold(expected or 0, bool(right)) for expected, right in rows)
    together = calibration_under(1)
    assert together.n == alone.n
    assert together.brier == pytest.approx(alone.brier, abs=1e-3)
    assert together.gap == pytest.approx(alone.gap, abs=1e-6)
    assert [bucket.n for bucket in together.buckets] == [bucket.n for bucket in alone.buckets]


def test_longer_dates_are_suggested_with_what_they_do_in_days(
    client: Client, administrator: User
) -> None:
    foretell(300, expected=0.8, right=261)
    shown = page(client)
    assert "People remember longer than the dates say" in shown
    days = re.search(r"would last <strong>(\d+) → (\d+) days", shown)
    assert days
    assert int(days[1]) < int(days[2])


def test_an_applied_stretch_moves_no_date_and_is_taken_back(
    client: Client, administrator: User
) -> None:
    foretell(300, expected=0.8, right=261)
    before = dates()

    assert send(client, 1.5).status_code == 302
    assert QuizSettings.load().stretch == 1.5
    change = StretchChange.objects.get()
    assert (change.before, change.after, change.answers) == (1.0, 1.5, 300)
    assert (change.reason, change.by) == ("The chart.", administrator)
    assert dates() == before

    assert "Taking the last change back" in page(client, to="1.0")
    send(client, 1.0, since=1.5, reason="Too bold.")
    assert QuizSettings.load().stretch == 1.0
    assert "Too bold." in page(client)


@pytest.mark.parametrize(
    ("to", "since", "reason"),
    [(1.5, 1.2, "Why"), (3.9, 1.0, "Why"), (0.8, 1.0, "Why"), (1.5, 1, "")],
)
def test_a_stretch_needs_a_reason_and_what_the_answers_say_today(
    client: Client, administrator: User, to: float, since: float, reason: str
) -> None:
    foretell(300, expected=0.8, right=261)
    send(client, to, since, reason)
    assert QuizSettings.load().stretch == 1.0
    assert not StretchChange.objects.exists()


def test_a_stretch_beyond_all_measure_is_refused(administrator: User) -> None:
    with pytest.raises(OutOfBoundsError):
        stretch(by=administrator, at=NOW, after=float("nan"), reason="")


def test_once_stretched_the_same_answers_ask_for_nothing_more(
    client: Client, administrator: User
) -> None:
    foretell(300, expected=0.8, right=261)
    suggested = calibration_under(1).stretch
    assert suggested
    send(client, suggested)
    assert "the dates are good" in page(client)


def test_the_page_asks_as_many_queries_however_many_answers_there_are(
    client: Client, administrator: User
) -> None:
    foretell(250, expected=0.8, right=240)
    page(client)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client)
    for expected in (0.3, 0.5, 0.7):
        foretell(40, expected=expected, right=38)
    with CaptureQueriesContext(connection) as many:
        page(client)
    assert len(many) == len(few)


def test_who_is_no_administrator_is_refused(client: Client, portal_site: None) -> None:
    client.force_login(PersonFactory(groups=["Marketing"]))
    assert client.get(reverse("dates:index")).status_code in {302, 403}
    assert send(client, 1.5).status_code in {302, 403}
    assert QuizSettings.load().stretch == 1.0
