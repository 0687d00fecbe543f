"""What the lists of briefs, promises and modules say of their reader herself."""

import pytest
from django.test import Client

from departments.models import Membership
from portal.models import User
from tests.factories import (
    BriefFactory,
    DepartmentFactory,
    LessonFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
    StandingFactory,
)
from tests.knowledge.reading import LISTS, asked_module, listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


@pytest.fixture
def home() -> Membership:
    return MembershipFactory(department=DepartmentFactory(name="Care"))


@pytest.fixture
def person(home: Membership) -> User:
    return home.person


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def test_a_brief_tells_the_state_of_the_module_that_is_asked(
    visitor: Client, person: User, home: Membership
) -> None:
    module = asked_module(home)
    assert "Not started" in listed(visitor, "brief-index")

    StandingFactory(person=person, module=module, ready=True)

    assert "Ready" in listed(visitor, "brief-index")
    assert "until Friday 4 December" in listed(visitor, "brief-index")


def test_a_brief_tells_no_state_of_what_is_not_hers_to_know(visitor: Client) -> None:
    ModuleFactory()

    assert "Not started" not in listed(visitor, "brief-index")


def test_nobody_reads_anothers_state(visitor: Client, home: Membership) -> None:
    for module in (asked_module(home), ModuleFactory()):
        StandingFactory(person=PersonFactory(), module=module, ready=True)

    for name in LISTS:
        assert "until Friday" not in listed(visitor, name)


def test_a_promise_tells_my_departments_part_and_my_state(
    visitor: Client, person: User, home: Membership
) -> None:
    promise = PromiseFactory(title="Fair Refund", departments=[home.department])
    brief = BriefFactory()
    brief.promises = [promise]
    brief.save()
    StandingFactory(person=person, module=ModuleFactory(brief=brief), ready=True)

    shown = listed(visitor, "promise-index")

    assert "Your department’s part:</b> Do what Care does." in shown
    assert "We say:</span> At least 95% of refunds" in shown
    assert "until Friday 4 December" in shown


@pytest.mark.parametrize(
    ("only", "found"), [("my-part", "Mine"), ("pilot", "Tried"), ("made", "Others")]
)
def test_promises_are_narrowed_to_my_part_and_to_pilots(
    visitor: Client, home: Membership, only: str, found: str
) -> None:
    PromiseFactory(title="Mine", sentence="Only mine.", departments=[home.department])
    PromiseFactory(title="Others", sentence="Only others.", departments=[DepartmentFactory()])
    PromiseFactory(title="Tried", sentence="Only tried.", is_pilot=True)

    shown = listed(visitor, "promise-index", only=only)

    assert f"Only {found.lower()}." in shown
    assert ("Only tried." in shown) is (only == "pilot")


def test_a_department_without_a_part_is_told_so(visitor: Client) -> None:
    PromiseFactory(departments=[DepartmentFactory()])

    shown = listed(visitor, "promise-index", only="my-part")

    assert "Your department has no part in a promise yet." in shown


def test_a_promise_is_found_by_what_is_measured(visitor: Client) -> None:
    PromiseFactory(title="Fair", sentence="You get it.")

    assert "1 of 1 promise" in listed(visitor, "promise-index", q="working days")


def test_pilots_stand_behind_the_promises_that_are_made(visitor: Client) -> None:
    PromiseFactory(title="Aaa tried", is_pilot=True)
    PromiseFactory(title="Zzz made")

    shown = listed(visitor, "promise-index")

    assert shown.index("Zzz made") < shown.index("Aaa tried")


def test_a_module_is_found_by_its_lessons(visitor: Client) -> None:
    lesson = LessonFactory(title="Why the run changed")
    ModuleFactory(title="Another")

    shown = listed(visitor, "learn-index", q="run changed")

    assert "1 of 2 modules" in shown
    assert lesson.module.title in shown


def test_a_module_is_not_found_by_a_brief_or_lesson_that_is_a_draft(visitor: Client) -> None:
    lesson = LessonFactory(title="Secretlesson")
    lesson.module.brief.one_breath = "Secretline"
    lesson.module.brief.save()
    lesson.unpublish()
    lesson.module.brief.unpublish()

    for words in ("secretlesson", "secretline"):
        shown = listed(visitor, "learn-index", q=words)
        assert "0 of 1 module" in shown
        assert "Secret" not in shown


@pytest.mark.parametrize(
    ("trait", "state", "is_listed"),
    [
        ("ready", "to-do", False),
        ("ready", "ready", True),
        ("practice_due", "to-do", True),
        ("practice_due", "ready", True),
        ("lapsed", "to-do", True),
        ("lapsed", "ready", False),
    ],
)
@pytest.mark.parametrize("is_asked", [True, False])
def test_modules_are_narrowed_to_the_readers_state(
    visitor: Client,
    person: User,
    home: Membership,
    trait: str,
    state: str,
    is_listed: bool,
    is_asked: bool,
) -> None:
    module = asked_module(home) if is_asked else ModuleFactory()
    StandingFactory(person=person, module=module, **{trait: True})

    shown = listed(visitor, "learn-index", state=state)

    assert (f'href="/learn/{module.slug}/"' in shown) is is_listed
    assert f"{int(is_listed)} of 1 module" in shown


def test_what_is_not_asked_is_nothing_to_do(visitor: Client, home: Membership) -> None:
    mine, other = asked_module(home, title="Mine"), ModuleFactory(title="Other")

    shown = listed(visitor, "learn-index", state="to-do")

    assert f'href="/learn/{mine.slug}/"' in shown
    assert f'href="/learn/{other.slug}/"' not in shown


def test_words_narrow_my_modules_too(visitor: Client, home: Membership) -> None:
    asked_module(home, title="Fair Refund")
    asked_module(home, title="Price Lock")

    shown = listed(visitor, "learn-index", q="lock")

    assert "1 of 2 modules" in shown
    assert "Fair Refund" not in shown
