"""What other settings would do, shown before anything is saved."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from quizzes.memory import MemoryRules
from quizzes.models import Card, QuizSettings, Standing
from quizzes.reports import previews
from quizzes.reports.previews import MADE_UP, days_ready, reckoned_anew
from tests.factories import A_DAY, TODAY, AttemptFactory, PersonFactory

VALUES = {
    "questions_drawn": 6,
    "pass_mark": 80,
    "keep_line": 70,
    "floor_days": 14,
    "cap_days": 180,
    "fresh_line": 90,
    "first_practice_days": 3,
    "practice_share": 60,
}
SURE, _FAIRLY, TWO_WRONG, GUESSED, PRACTISED = MADE_UP


@pytest.fixture
def editor(client: Client, portal_site: None) -> Client:
    client.force_login(PersonFactory(administrator=True))
    return client


def address(name: str) -> str:
    return reverse(
        f"wagtailsettings:{name}", args=["quizzes", "quizsettings", QuizSettings.load().pk]
    )


def preview(client: Client, **values: Any) -> str:
    sent = client.post(address("preview_on_edit"), VALUES | values)
    assert sent.json() == {"is_valid": True, "is_available": True}
    return re.sub(r"\s+", " ", client.get(address("preview_on_edit")).content.decode())


def test_made_up_people_last_the_whole_days_of_the_published_table() -> None:
    rules = MemoryRules(floor_days=1)
    assert [days_ready(one, rules) for one in (SURE, TWO_WRONG)] == [21, 13]
    assert days_ready(GUESSED, rules) == 1
    assert days_ready(PRACTISED, rules) == 3 + 128
    assert days_ready(TWO_WRONG, MemoryRules(pass_mark=0.9)) is None


@given(stretch=st.floats(0.5, 4))
def test_a_longer_stretch_never_shortens_what_anybody_is_shown(stretch: float) -> None:
    for one in MADE_UP:
        less, more = (days_ready(one, MemoryRules(stretch=s)) for s in (stretch, stretch * 1.2))
        assert less is not None
        assert more is not None
        assert less <= more


@pytest.mark.django_db
def test_the_preview_sets_other_values_beside_the_stored_ones_and_saves_nothing(
    editor: Client,
) -> None:
    AttemptFactory(passed=True)
    shown = preview(editor, keep_line=60, pass_mark=90)
    assert "Now 5 of 6 questions right; then <b>6 of 6</b>" in shown
    assert "<b> no pass </b>" in shown
    assert "<b>1 of 1 passes would be ready</b>" in shown
    assert QuizSettings.load().keep_line == 70


@pytest.mark.django_db
def test_what_is_left_empty_is_shown_as_it_is_stored(editor: Client) -> None:
    editor.post(address("preview_on_edit"), VALUES | {"cap_days": ""})
    assert editor.get(address("preview_on_edit")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"floor_days": 181}, "The floor can&#x27;t be more days than the cap."),
        ({"keep_line": 90}, "The fresh line has to be above the keep line"),
    ],
)
def test_values_that_contradict_each_other_are_refused_in_plain_words(
    editor: Client, values: dict[str, int], message: str
) -> None:
    answer = editor.post(address("edit"), VALUES | values)
    assert message in answer.content.decode()
    assert QuizSettings.load().floor_days == 14


@pytest.mark.django_db
def test_dates_reckoned_anew_follow_from_what_is_remembered(portal_site: None) -> None:
    AttemptFactory(passed=True)
    Standing.objects.update(passed_on=TODAY - 30 * A_DAY, ready_until=TODAY + 90 * A_DAY)
    Card.objects.update(reviewed_on=TODAY - 30 * A_DAY)
    rules = MemoryRules()
    found = reckoned_anew(rules, MemoryRules(stretch=4), on=TODAY)
    assert (found.n, found.given, found.before, found.after) == (1, 1, 0, 1)
    assert reckoned_anew(rules, MemoryRules(floor_days=30), on=TODAY).after == 1


@pytest.mark.django_db
def test_only_so_many_passes_are_reckoned_and_as_many_queries_asked(
    portal_site: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MOST_RECKONED", 2)
    rules = MemoryRules()
    AttemptFactory(passed=True)
    with CaptureQueriesContext(connection) as few:
        reckoned_anew(rules, rules, on=TODAY)
    for _time in range(4):
        AttemptFactory(passed=True)
    with CaptureQueriesContext(connection) as many:
        found = reckoned_anew(rules, rules, on=TODAY)
    assert len(many) == len(few) == 3
    assert 0 < found.n <= 2
    assert found.of == 5
    assert found.is_sample


@pytest.mark.django_db
def test_the_help_names_the_day_of_the_first_practice_that_is_set(editor: Client) -> None:
    QuizSettings.objects.update_or_create(defaults={"first_practice_days": 5})
    assert (
        "From 5 days after a pass" in editor.get(reverse("portal:how-dates-work")).content.decode()
    )
