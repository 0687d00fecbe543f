"""A colleague's own history: all of hers, nobody else's, in files that start no formula."""

import csv
import json
import re
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.models import User
from quizzes.actions import submit_answer
from quizzes.models import Answer, Attempt, CorrectedAnswer, Correction
from tests.factories import (
    AttemptFactory,
    PersonFactory,
    QuestionFactory,
    answer_all,
    module_with_questions,
)

pytestmark = pytest.mark.django_db

FILES = ("answers", "dates", "history")


@pytest.fixture
def person() -> User:
    return PersonFactory()


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def file_of(client: Client, what: str) -> str:
    return b"".join(client.get(f"/me/history/{what}/")).decode()


def rows(client: Client, what: str = "answers") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file_of(client, what).removeprefix("\ufeff"))))


def everything(client: Client) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(file_of(client, "history"))
    return told


def said(person: User, words: str, at: datetime, *, stem: str = "What do you say?") -> Answer:
    """An answer in her own words, to a question of a module of its own."""
    module = module_with_questions(count=0)
    QuestionFactory(module=module, say=True, stem=stem)
    attempt = AttemptFactory(person=person, module=module, at=at)
    return submit_answer(attempt=attempt, position=1, response=words, sureness="sure", at=at)


def test_every_sitting_is_told_with_what_was_asked_given_and_right(
    visitor: Client, person: User, at: datetime
) -> None:
    quiz = AttemptFactory(person=person, passed=False, at=at)
    AttemptFactory(person=person, module=quiz.module, practice=True, at=at + timedelta(days=1))

    told = rows(visitor)

    assert [row["What it was"] for row in told] == ["Practice"] * 5 + ["Quiz"] * 6
    wrong = told[-1]
    assert wrong["What was asked"] == "How long does a refund take?"
    assert (wrong["What I answered"], wrong["What is right"]) == (
        "Six days; Seven days",
        "Five days",
    )
    assert (wrong["Counts as"], wrong["How sure I was"]) == ("0", "Sure")
    assert wrong["Answered"] == "2026-11-20T09:00:00+00:00"
    assert len(everything(visitor)["sittings"]) == 2


def test_what_is_not_answered_tells_no_key(visitor: Client, person: User) -> None:
    AttemptFactory(person=person)

    told = "".join(file_of(visitor, what) for what in FILES) + shown(visitor)

    assert "How long does a refund take?" in told
    assert "Five days" not in told


def shown(client: Client) -> str:
    return client.get("/me/history/").content.decode()


@pytest.mark.parametrize("what", ["", *(f"{name}/" for name in FILES)])
def test_nobody_meets_somebody_elses_history(client: Client, what: str, at: datetime) -> None:
    module = said(PersonFactory(), "Canary words.", at).attempt.module
    administrator = PersonFactory(administrator=True)
    before = at - timedelta(days=1)
    AttemptFactory(person=administrator, module=module, at=before)
    client.force_login(administrator)

    told = b"".join(client.get(f"/me/history/{what}")).decode()

    assert re.search("2026-11-19|19\u00a0November", told)
    assert not re.search("2026-11-20T|20\u00a0November", told)
    assert "Canary" not in told


def test_no_cell_is_a_formula(visitor: Client, person: User, at: datetime) -> None:
    said(person, "=1+1", at, stem="+SUM(A1)")

    assert {"'=1+1", "'+SUM(A1)"} <= set(rows(visitor)[0].values())
    assert everything(visitor)["sittings"][0]["answers"][0]["given"] == "=1+1"


def test_what_moved_a_date_is_told(visitor: Client, person: User) -> None:
    quiz = AttemptFactory(person=person, passed=True)

    kinds = [row["What happened"] for row in rows(visitor, "dates")]

    assert kinds == ["Passed", "Started"]
    assert rows(visitor, "dates")[0]["Module"] == quiz.module.title
    assert everything(visitor)["dates"][0]["ready_to"] > "2026-11-20"


def test_a_correction_and_what_came_late_stand_beside_the_answer(
    visitor: Client, person: User, at: datetime
) -> None:
    answer = said(person, "First.", at)
    assert answer.version
    submit_answer(
        attempt=answer.attempt, position=1, response="Second.", sureness="guessing", at=at
    )
    correction = Correction.objects.create(
        version=answer.version, kind="void", reason="It asked for the old price.", at=at
    )
    CorrectedAnswer.objects.create(
        correction=correction, answer=answer, mark_before=0, mark_after=1
    )

    told = rows(visitor)[0]

    assert told["Put right"].endswith("It asked for the old price.")
    assert told["Sent later"].endswith("Second.")
    assert "It asked for the old price." in shown(visitor)
    assert "Second." in shown(visitor)


def test_of_a_module_that_is_closed_days_are_told_and_no_words(
    visitor: Client, person: User, at: datetime
) -> None:
    answer = said(person, "Canary words.", at, stem="Canary stem?")
    answer.attempt.module.unpublish()

    told = shown(visitor) + "".join(file_of(visitor, what) for what in FILES)

    assert "anary" not in told
    assert answer.attempt.module.title not in told
    assert rows(visitor)[0]["Answered"] == "2026-11-20T09:00:00+00:00"


@pytest.mark.parametrize("address", ["/me/history/", "/me/history/answers/"])
def test_years_of_practice_cost_as_many_queries_as_one_quiz(
    visitor: Client, person: User, at: datetime, address: str
) -> None:
    counts = []
    for days in (1, 2, 3):
        sitting: Attempt = AttemptFactory(person=person, at=at + timedelta(days=days))
        answer_all(sitting, right=False, at=at + timedelta(days=days))
        with CaptureQueriesContext(connection) as queries:
            b"".join(visitor.get(address))
        counts.append(len(queries))

    assert counts[1] == counts[2]
    assert counts[2] <= 12


def test_my_page_leads_there(visitor: Client) -> None:
    assert 'href="/me/history/"' in visitor.get("/me/").content.decode()
