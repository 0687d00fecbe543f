"""The team's page beside its table: the days ahead, less of the table, what would be enough."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Department
from knowledge.actions import approve_change
from knowledge.models import BriefPage, ModulePage, Remark
from portal.models import User
from quizzes.models import StandingEvent
from tests.changing import (
    REASON,
    changed,
    decided,
    module_about,
    planned,
    published_brief,
    redrafted,
)
from tests.conftest import NOW
from tests.factories import (
    TODAY,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    PersonFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = NOW - timedelta(days=200)
A_MONTH_ON = TODAY + timedelta(days=30)


@pytest.fixture
def refund() -> BriefPage:
    return published_brief(LONG_AGO, days="Five working days.")


@pytest.fixture
def module(refund: BriefPage) -> ModulePage:
    return module_about(refund, questions_per_fact=1)


@pytest.fixture
def care(module: ModulePage) -> Department:
    care: Department = DepartmentFactory(name="Care")
    RequirementFactory(department=care, module=module)
    return care


@pytest.fixture
def visitor(client: Client, care: Department) -> Client:
    client.force_login(HeadshipFactory(department=care).person)
    return client


def page(client: Client, department: Department, **query: Any) -> Any:
    return client.get(reverse("departments:team-detail", args=[department.pk]), query)


def words(response: Any) -> str:
    text = response.content.decode().replace("\u00a0", " ")
    return " ".join(text.split())


def member(department: Department, module: ModulePage, name: str = "", **standing: Any) -> User:
    names = {"person__last_name": name} if name else {}
    person: User = MembershipFactory(department=department, **names).person
    if standing:
        StandingFactory(person=person, module=module, **standing)
    return person


def ready(department: Department, module: ModulePage, name: str = "") -> User:
    dates = {"ready_until": A_MONTH_ON, "practice_from": A_MONTH_ON, "passed_on": TODAY}
    return member(department, module, name, version=1, **dates)


def schedule(brief: BriefPage, kind: str = "material") -> None:
    draft = redrafted(brief, {"days": "Three working days."})
    plan = planned(draft, kind, at=NOW)
    decided(plan, draft, "keep", at=NOW)
    approve_change(plan=plan, by=PersonFactory(), at=NOW)
    draft.go_live_at = NOW + timedelta(days=10)
    draft.save_revision().publish()


def test_the_first_sentence_foretells_the_day_on_which_grace_is_over(
    visitor: Client, care: Department, refund: BriefPage, module: ModulePage
) -> None:
    ready(care, module)
    ready(care, module)
    schedule(refund)

    shown = words(page(visitor, care))

    assert (
        "2 of 2 ready for Fair Refund today; "
        "none on Tuesday 8 December if nobody checks the change." in shown
    )
    assert "Version 2 comes on Monday 30 November." in shown
    assert "It asks 2 people for about 2 minutes each." in shown
    assert "Three working days" not in shown


def test_a_rewrite_asks_for_the_quiz_again(
    visitor: Client, care: Department, refund: BriefPage, module: ModulePage
) -> None:
    ready(care, module)
    schedule(refund, "rewrite")

    assert "It asks 1 person to take the quiz again." in words(page(visitor, care))


def test_the_chart_can_be_read_as_a_table(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    ready(care, module)
    ready(care, module)

    shown = words(page(visitor, care))

    assert "2 of 2 today. On Monday 21 December between 0 and 2." in shown
    assert '<th scope="row">Mon 21 Dec</th><td class="r">0</td><td class="r">2</td>' in shown


def test_of_a_past_day_nothing_is_foretold_or_advised(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    ready(care, module)

    shown = words(page(visitor, care, on="2026-11-10"))

    assert "As it was known at the end of Tuesday 10 November" in shown
    assert "The next 90 days" not in shown
    assert "What would make us" not in shown


def test_the_advice_names_whom_it_takes_and_no_more(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    for _number in range(8):
        ready(care, module)
    member(care, module, "Xanthe")
    member(care, module, "Yarrow")

    response = page(visitor, care)

    (short,) = response.context["ahead"].shortfalls
    assert [name.split()[-1] for name in short.people] == ["Xanthe"]
    assert "1 more: 8 are ready, 9 of 10 would be enough." in words(response)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("ready", ["Alder"]),
        ("not-started", ["Beech", "Cedar"]),
        ("nonsense", ["Alder", "Beech", "Cedar"]),
    ],
)
def test_the_table_can_be_narrowed_to_a_state(
    visitor: Client, care: Department, module: ModulePage, state: str, expected: list[str]
) -> None:
    ready(care, module, "Alder")
    member(care, module, "Beech")
    member(care, module, "Cedar")

    response = page(visitor, care, state=state)

    assert [row.name.split()[-1] for row in response.context["table"].rows] == expected
    assert "1 of 3" in words(response)


def test_the_table_can_be_narrowed_to_a_part_of_the_department(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    phones = DepartmentFactory(name="Phones", parent=care)
    ready(phones, module, "Alder")
    ready(care, module, "Beech")

    response = page(visitor, care, part=phones.pk)

    assert [row.name.split()[-1] for row in response.context["table"].rows] == ["Alder"]


def huddle(client: Client, department: Department, week: str = "2026-W47") -> Any:
    return client.get(reverse("departments:huddle-detail", args=[department.pk, week]))


def test_the_huddle_card_has_a_fact_a_change_a_remark_and_thanks(
    visitor: Client, care: Department, refund: BriefPage, module: ModulePage
) -> None:
    person = ready(care, module)
    MembershipFactory.create_batch(4, department=care)
    changed(refund, {"days": "Three working days."}, at=NOW - timedelta(days=9))
    Remark.objects.create(
        page=refund, kind="unclear", words="A secret thought", person=person, at=NOW, due_on=TODAY
    )
    StandingEvent.objects.create(
        person=person, module=module, at=NOW - timedelta(days=7), kind="practised"
    )

    shown = words(huddle(visitor, care))

    assert "Who can say it in one sentence: Days (Fair Refund)?" in shown
    assert "<s>Five working days.</s>" in shown
    assert REASON in shown
    assert "This is unclear" in shown
    assert "1 of us practised" in shown
    assert "A secret thought" not in shown
    assert str(person) not in shown


def test_a_team_of_four_is_not_told_how_many_practised(
    visitor: Client, care: Department, module: ModulePage
) -> None:
    person = ready(care, module)
    StandingEvent.objects.create(
        person=person, module=module, at=NOW - timedelta(days=7), kind="practised"
    )

    assert "of us practised" not in words(huddle(visitor, care))


def test_each_week_asks_for_the_next_fact(client: Client) -> None:
    brief = published_brief(LONG_AGO, days="Five working days.", form="No forms.")
    care = DepartmentFactory()
    RequirementFactory(department=care, module=module_about(brief, questions_per_fact=1))
    client.force_login(HeadshipFactory(department=care).person)

    asked = [
        huddle(client, care, week).context["card"].fact.key for week in ("2026-W46", "2026-W47")
    ]

    assert sorted(asked) == ["days", "form"]


@pytest.mark.parametrize("week", ["2026-W49", "2026-W20", "2026-W60", "soon"])
def test_a_week_far_away_or_none_at_all_has_no_card(
    visitor: Client, care: Department, week: str
) -> None:
    assert huddle(visitor, care, week).status_code == 404


def test_a_foreign_head_has_no_card(visitor: Client) -> None:
    assert huddle(visitor, DepartmentFactory()).status_code == 404


def test_a_week_without_news_says_so(client: Client) -> None:
    care = DepartmentFactory()
    client.force_login(HeadshipFactory(department=care).person)

    assert "Nothing to tell this week" in words(huddle(client, care))
