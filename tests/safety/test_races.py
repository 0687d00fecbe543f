"""Twenty at once: two tabs, two devices and an impatient finger, all in the same moment.

And the short version of `tests.safety.races`: two people with two devices each, again and again.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from knowledge.actions import approve_change
from knowledge.publishing import going_live_at
from quizzes.actions import hand_in, note_start, start_practice, start_quiz, submit_answer
from quizzes.models import Answer, Attempt, Card, Question, Standing, StandingEvent
from tests.changing import decided, module_about, planned, published_brief, redrafted
from tests.factories import (
    AttemptFactory,
    PersonFactory,
    answer_one,
    module_with_questions,
    right_response,
    wrong_response,
)
from tests.safety.racing import play, rush

pytestmark = pytest.mark.django_db(transaction=True)

RACERS = 20


def race(step: Callable[[int], Any], racers: int = RACERS) -> list[Any]:
    """What each of them got back, or the exception that she ran into."""
    outcomes: list[Any] = [None] * racers
    barrier = threading.Barrier(racers)

    def run(number: int) -> None:
        try:
            barrier.wait()
            outcomes[number] = step(number)
        except Exception as fault:  # noqa: BLE001  (told by the assertion of the test)
            outcomes[number] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(racers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def faults(outcomes: list[Any]) -> list[Exception]:
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_twenty_who_begin_at_once_begin_once(at: datetime) -> None:
    person, module = PersonFactory(), module_with_questions()

    outcomes = race(lambda _number: note_start(person=person, module=module, at=at))

    assert faults(outcomes) == []
    assert StandingEvent.objects.filter(kind=StandingEvent.Kind.STARTED).count() == 1


@pytest.mark.parametrize("start", [start_quiz, start_practice])
def test_twenty_starts_at_once_open_one_sitting(
    at: datetime, start: Callable[..., Attempt]
) -> None:
    person, module = PersonFactory(), module_with_questions()
    # Who has begun before holds no new row that the others would wait for.
    note_start(person=person, module=module, at=at)

    outcomes = race(lambda _number: start(person=person, module=module, at=at))

    assert faults(outcomes) == []
    assert {attempt.pk for attempt in outcomes} == {Attempt.objects.get(finished_at=None).pk}


def test_fifty_starts_of_one_quiz_at_once_open_one_attempt(at: datetime) -> None:
    person, module = PersonFactory(), module_with_questions()
    note_start(person=person, module=module, at=at)

    assert list(rush([person], module, at, starts=50)) == []


def test_hundreds_of_races_leave_one_attempt_one_score_and_every_answer(at: datetime) -> None:
    module, people = module_with_questions(12), PersonFactory.create_batch(2)

    tally = play(people, module, at, races=200, seed="20261122")

    assert tally.races >= 200
    assert not tally.faults, str(tally)


def test_an_answer_sent_twenty_times_at_once_is_stored_once(at: datetime) -> None:
    attempt = AttemptFactory()
    question = attempt.answers.select_related("question").get(position=1).question
    responses = [right_response(question), wrong_response(question)]

    outcomes = race(
        lambda number: submit_answer(
            attempt=attempt, position=1, response=responses[number % 2], sureness="sure", at=at
        )
    )

    stored = Answer.objects.get(attempt=attempt, position=1)
    assert faults(outcomes) == []
    assert [answer.response for answer in outcomes] == [stored.response] * RACERS
    assert Card.objects.filter(person=attempt.person, question=question).count() == 1


def test_a_quiz_handed_in_twenty_times_at_once_moves_the_standing_once(at: datetime) -> None:
    attempt = AttemptFactory()
    for answer in attempt.answers.select_related("question").filter(position__lt=6):
        submit_answer(
            attempt=attempt,
            position=answer.position,
            response=right_response(answer.question),
            sureness="sure",
            at=at,
        )

    outcomes = race(lambda _number: hand_in(attempt=attempt, at=at))

    assert faults(outcomes) == []
    assert StandingEvent.objects.filter(kind=StandingEvent.Kind.PASSED).count() == 1


def test_one_question_answered_in_a_quiz_and_a_practice_at_once_is_remembered_once(
    at: datetime,
) -> None:
    person, module = PersonFactory(), module_with_questions(5)
    sittings = [
        start(person=person, module=module, at=at) for start in (start_quiz, start_practice)
    ]

    for question in Question.objects.filter(module=module):
        places = [sitting.answers.get(question=question) for sitting in sittings]
        outcomes = race(
            lambda number, places=places: answer_one(places[number], right=True, at=at),  # type: ignore[misc]
            racers=len(places),
        )
        assert faults(outcomes) == []

    assert Card.objects.filter(person=person).count() == 5
    assert not Attempt.objects.open().exists()


def test_a_change_that_goes_live_while_twenty_pass_reaches_all_of_them(at: datetime) -> None:
    brief = published_brief(at - timedelta(days=90), limit="Up to £50.")
    module = module_about(brief, questions_per_fact=6)
    attempts = [start_quiz(person=PersonFactory(), module=module, at=at) for _ in range(RACERS)]
    for attempt in attempts:
        for answer in attempt.answers.select_related("question").filter(position__lt=6):
            answer_one(answer, right=True, at=at)
    later = at + timedelta(minutes=1)
    draft = redrafted(brief, {"limit": "Up to £60."})
    plan = planned(draft, at=at)
    decided(plan, draft, "keep", at=at)
    approve_change(plan=plan, by=PersonFactory(), at=at)

    def step(number: int) -> None:
        if number == RACERS:
            with going_live_at(later):
                draft.latest_revision.publish()
        else:
            answer = attempts[number].answers.select_related("question").get(position=6)
            answer_one(answer, right=True, at=later + timedelta(minutes=1))

    assert faults(race(step, racers=RACERS + 1)) == []
    assert Standing.objects.filter(passed_on=None).count() == 0
    assert Standing.objects.exclude(unchecked=None).count() == RACERS
    assert Standing.objects.filter(ready_until__gt=later.date() + timedelta(days=7)).count() == 0
