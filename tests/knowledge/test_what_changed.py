"""What a reader is told of the changes of a brief, and where she reads them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.models import BriefPage, Change, Fact
from knowledge.reports import recent_changes
from portal.models import User
from quizzes.models import ModuleChange
from tests.conftest import NOW
from tests.factories import (
    TODAY,
    BriefFactory,
    FactFactory,
    ModuleFactory,
    PersonFactory,
    StandingFactory,
)
from tests.knowledge.reading import read
from tests.knowledge.versions import restate, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

WEEK = timedelta(days=7)


@pytest.fixture
def changed(brief: BriefPage) -> BriefPage:
    """Version 1 from October, and version 2 of this week."""
    FactFactory(brief=brief, key="day", title="The day", statement="It takes three days.")
    FactFactory(brief=brief, key="form", title="The form", statement="Fill in the form.")
    version_of(brief, 1, kind=Change.Kind.FIRST, at=NOW - 6 * WEEK)
    restate(brief, "day", statement="It comes on Thursday.", limits="Not on bank holidays.")
    version_of(
        brief,
        2,
        reason="Give the date.",
        grace_days=7,
        at=NOW - timedelta(days=2),
        author=PersonFactory(first_name="Amara", last_name="Vellacott"),
        approver=PersonFactory(first_name="Ines", last_name="Callowhart"),
    )
    return brief


def address(brief: BriefPage, since: int, version: int) -> str:
    return reverse("knowledge:brief-changes", args=[brief.slug, since, version])


def compared(client: Client, brief: BriefPage, since: int, version: int) -> str:
    response = client.get(address(brief, since, version))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_change_tells_was_and_now_and_why(visitor: Client, changed: BriefPage) -> None:
    shown = compared(visitor, changed, 1, 2)

    assert "<s>It takes three days.</s>" in shown
    assert "<dd>It comes on Thursday.</dd>" in shown
    assert "Not on bank holidays." in shown
    assert "<h1>Give the date.</h1>" in shown
    assert "Fill in the form." not in shown


def test_a_change_says_who_checks_it_and_by_when(visitor: Client, changed: BriefPage) -> None:
    shown = compared(visitor, changed, 1, 2)

    assert "to check by Wednesday 25 November. It counts from" in shown
    assert "Approved by Ines Callowhart." in shown


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Change.Kind.WORDING, "nobody is asked to do anything"),
        (Change.Kind.REWRITE, "by another quiz until"),
        (Change.Kind.NOW, "to check before the next customer"),
    ],
)
def test_each_kind_says_what_is_asked(
    visitor: Client, changed: BriefPage, kind: Change.Kind, said: str
) -> None:
    changed.one_breath = "Say the day."
    version_of(changed, 3, kind=kind)

    assert said in compared(visitor, changed, 2, 3)


def test_several_versions_are_compared_as_one(visitor: Client, changed: BriefPage) -> None:
    restate(changed, "day", statement="It comes every working day.")
    version_of(changed, 3, reason="Money goes out daily.")

    shown = compared(visitor, changed, 1, 3)

    assert "<s>It takes three days.</s>" in shown
    assert "It comes every working day." in shown
    assert "It comes on Thursday." not in shown
    assert "Give the date." in shown
    assert "Money goes out daily." in shown


def test_a_fact_that_came_and_one_that_went_are_told(visitor: Client, changed: BriefPage) -> None:
    Fact.objects.filter(key="form").delete()
    FactFactory(brief=changed, key="text", title="The text", statement="Text the date.")
    version_of(changed, 3)

    shown = compared(visitor, changed, 2, 3)

    assert "<s>Fill in the form.</s>" in shown
    assert "This no longer holds." in shown
    assert "This is new." in shown
    assert "Text the date." in shown


def test_other_words_that_changed_are_told(visitor: Client, changed: BriefPage) -> None:
    changed.one_breath = "Say the day, and text it."
    restate(changed, "form", title="No form")
    version_of(changed, 3, kind=Change.Kind.WORDING)

    shown = compared(visitor, changed, 2, 3)

    assert "Words that changed" in shown
    assert "Say the day, and text it." in shown
    assert "<s>The form</s>" in shown
    assert "Fill in the form." not in shown


def test_the_same_version_twice_has_changed_nothing(visitor: Client, changed: BriefPage) -> None:
    assert "Nothing has changed between these versions." in compared(visitor, changed, 2, 2)


def test_versions_the_wrong_way_round_are_turned(visitor: Client, changed: BriefPage) -> None:
    response = visitor.get(address(changed, 2, 1))

    assert response.headers["Location"] == address(changed, 1, 2)


@pytest.mark.parametrize(("since", "version"), [(1, 9), (0, 2), (1, 10**19), (1, 70_000)])
def test_a_version_that_is_not_there_leads_to_the_brief(
    visitor: Client, changed: BriefPage, since: int, version: int
) -> None:
    response = visitor.get(address(changed, since, version), follow=True)

    assert response.redirect_chain == [(f"/briefs/{changed.slug}/", 302)]
    assert "That version isn’t here." in response.content.decode()


def test_the_changes_of_a_brief_lead_to_the_newest(visitor: Client, changed: BriefPage) -> None:
    response = visitor.get(reverse("knowledge:brief-newest-change", args=[changed.slug]))

    assert response.headers["Location"] == address(changed, 1, 2)


def test_a_brief_that_never_changed_says_so(visitor: Client, brief: BriefPage) -> None:
    version_of(brief, 1, kind=Change.Kind.FIRST)

    newest = reverse("knowledge:brief-newest-change", args=[brief.slug])

    assert "Nothing has changed since" in visitor.get(newest, follow=True).content.decode()


def test_the_changes_of_a_brief_that_is_closed_are_not_there(
    visitor: Client, changed: BriefPage
) -> None:
    changed.unpublish()

    assert visitor.get(address(changed, 1, 2)).status_code == 404
    newest = reverse("knowledge:brief-newest-change", args=[changed.slug])
    assert visitor.get(newest).status_code == 404


def test_versions_of_another_brief_are_not_compared(visitor: Client, changed: BriefPage) -> None:
    other = BriefFactory()
    version_of(other, 1, kind=Change.Kind.FIRST)

    assert visitor.get(address(other, 1, 2)).status_code == 302


def test_an_embargo_stands_above_its_changes(visitor: Client, changed: BriefPage) -> None:
    BriefPage.objects.filter(pk=changed.pk).update(embargo_until=TODAY + WEEK)

    assert "Staff only until Friday 27 November." in compared(visitor, changed, 1, 2)


def test_no_word_of_a_draft_is_told(visitor: Client, changed: BriefPage) -> None:
    draft = BriefPage.objects.get(pk=changed.pk)
    canary = {"title": "Canary in a title", "statement": "Canary in a fact"}
    draft.facts = [Fact(key="day", **canary), Fact(key="new", **canary)]
    draft.one_breath = draft.expectation = "Canary in a line"
    draft.save_revision()

    assert "Canary" not in compared(visitor, changed, 1, 2)
    assert "Canary" not in read(visitor, changed)


def test_a_reader_can_say_that_a_change_is_not_material(
    visitor: Client, changed: BriefPage
) -> None:
    ask = f"/briefs/{changed.slug}/ask/?change=2"

    assert f"{ask}&amp;kind=not-material" in compared(visitor, changed, 1, 2)


def test_a_reader_can_say_that_words_should_have_been_material(
    visitor: Client, changed: BriefPage
) -> None:
    changed.one_breath = "Say the day."
    version_of(changed, 3, kind=Change.Kind.WORDING)

    assert "?change=3&amp;kind=material" in compared(visitor, changed, 2, 3)


def test_answers_are_told_in_plain_words(visitor: Client, changed: BriefPage) -> None:
    answer = {"question": "When?", "answer": "<p>On <b>Thursday</b> &amp; not before.</p>"}
    setattr(changed, "answers", [("answer", answer)])  # noqa: B010  (the stream takes pairs)
    version_of(changed, 3, kind=Change.Kind.WORDING)

    assert "When? On Thursday &amp; not before." in compared(visitor, changed, 2, 3)


def test_a_comparison_costs_the_same_however_long_the_history(
    visitor: Client, changed: BriefPage, django_assert_num_queries: Any
) -> None:
    compared(visitor, changed, 1, 2)
    with django_assert_num_queries(6):
        compared(visitor, changed, 1, 2)
    for number in range(3, 30):
        FactFactory(brief=changed)
        version_of(changed, number, author=PersonFactory())
    with django_assert_num_queries(6):
        compared(visitor, changed, 1, 29)


def test_whoever_has_it_to_check_is_led_there(
    visitor: Client, person: User, changed: BriefPage
) -> None:
    module = ModuleFactory(brief=changed, slug="refund")
    change = Change.objects.get(version=2)
    reached = ModuleChange.objects.create(
        change=change, module=module, at=change.at, until=TODAY + WEEK, fact_keys=["day"]
    )
    until = {"ready_until": TODAY + WEEK, "own_ready_until": TODAY + 9 * WEEK}
    StandingFactory(person=person, module=module, ready=True, unchecked=reached, **until)

    shown = compared(visitor, changed, 1, 2)

    check = reverse("quizzes:check-detail", args=["refund"])
    assert f'<a class="button" href="{check}">Check it – 2 minutes</a>' in shown
    assert "ready with the version before until Friday 27 November." in shown


def test_today_tells_this_weeks_changes_the_newest_first(changed: BriefPage) -> None:
    for age in range(5):
        brief = BriefFactory(title=f"Brief of {age}")
        version_of(brief, 1, kind=Change.Kind.FIRST, at=NOW - 9 * WEEK)
        version_of(brief, 2, at=NOW - timedelta(days=age, hours=1))

    told = [change.title for change in recent_changes(on=TODAY)]

    assert told == ["Brief of 0", "Brief of 1", changed.title]


@pytest.mark.parametrize(
    ("kind", "at"),
    [(Change.Kind.WORDING, NOW), (Change.Kind.MATERIAL, NOW - 2 * WEEK)],
)
def test_today_tells_neither_mere_words_nor_what_is_old(
    brief: BriefPage, kind: Change.Kind, at: Any
) -> None:
    version_of(brief, 1, kind=Change.Kind.FIRST, at=NOW - 9 * WEEK)
    version_of(brief, 2, kind=kind, at=at)

    assert recent_changes(on=TODAY) == []


def test_today_tells_nothing_of_a_brief_that_is_closed(changed: BriefPage) -> None:
    changed.unpublish()

    assert recent_changes(on=TODAY) == []


def test_today_leads_to_the_change(visitor: Client, changed: BriefPage) -> None:
    shown = visitor.get("/").content.decode()

    assert "What changed this week" in shown
    assert address(changed, 1, 2) in shown


def test_today_has_no_heading_where_nothing_changed(visitor: Client, brief: BriefPage) -> None:
    assert "What changed this week" not in visitor.get("/").content.decode()
