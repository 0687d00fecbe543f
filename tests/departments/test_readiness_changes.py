"""Readiness while a change waits to be checked: by dates, by the history, and on the screens."""

from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Protocol

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from departments.models import Department
from departments.readiness import (
    ChangeEvent,
    Event,
    Need,
    Period,
    Proof,
    State,
    fold,
    state_on,
    tally,
)
from departments.reports import department_readiness
from knowledge.models import BriefPage, ModulePage
from portal.models import User
from portal.navigation import Roles
from portal.reports import Next, TodayPage, today_page
from quizzes.actions import start_check
from quizzes.checking import Step
from quizzes.days import organisation_day
from quizzes.models import ModuleChange, Standing, StandingEvent
from tests.changing import changed, module_about, published_brief, who_passed
from tests.factories import (
    A_DAY,
    AttemptFactory,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    RequirementFactory,
    answer_all,
)

TODAY = date(2026, 11, 20)
ALWAYS = Need(membership=Period())
OLD, NEW = "You can agree up to £50 alone.", "You can agree up to £60 alone."
SOON = {"limit": NEW}


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def waiting(until: int, own: int) -> Proof:
    return Proof(
        started=True,
        ready_until=after(until),
        practice_from=after(until),
        version=1,
        own_ready_until=after(own),
        own_practice_from=after(own),
        unchecked=1,
    )


@pytest.mark.parametrize(
    ("proof", "expected"),
    [
        (waiting(7, 90), State.PREVIOUS_VERSION),
        (waiting(0, 90), State.PREVIOUS_VERSION),
        (waiting(-1, 90), State.CHECK_THE_CHANGE),
        (waiting(-1, 0), State.CHECK_THE_CHANGE),
        (waiting(-2, -1), State.LAPSED),
    ],
)
def test_the_state_of_whoever_waits_follows_both_dates(proof: Proof, expected: State) -> None:
    readiness = state_on(TODAY, ALWAYS, proof)
    assert readiness is not None
    assert readiness.state is expected


def test_a_tally_says_how_many_of_the_ready_are_so_on_the_version_before() -> None:
    figures = tally([State.READY, State.PREVIOUS_VERSION, State.CHECK_THE_CHANGE])
    assert (figures.ready, figures.previous, figures.needed) == (2, 1, 3)


steps = st.builds(
    Step,
    key=st.integers(1, 5),
    until=st.integers(-30, 60).map(after),
    asks=st.booleans(),
    lifts=st.frozensets(st.integers(1, 5), max_size=2),
)
changes = st.builds(ChangeEvent, recorded_on=st.integers(-60, 30).map(after), step=steps)
passes = st.builds(
    Event,
    recorded_on=st.integers(-60, 30).map(after),
    ready_until=st.integers(-30, 200).map(after),
    practice_from=st.integers(-30, 200).map(after),
    version=st.integers(1, 4),
)


@given(
    log=st.lists(changes | passes, max_size=8),
    later=st.lists(changes, max_size=4),
    known=st.integers(-30, 30).map(after),
)
def test_a_change_that_comes_later_never_changes_what_was_known(
    log: list[Event | ChangeEvent], later: list[ChangeEvent], known: date
) -> None:
    new = [change for change in later if change.recorded_on > known]
    assert fold([*log, *new], known) == fold(log, known)


@given(change=changes)
def test_a_change_before_she_proved_it_asks_nothing(change: ChangeEvent) -> None:
    started = Event(recorded_on=change.recorded_on)
    assert fold([started, change], after(99)) == Proof(started=True)


@pytest.fixture
def brief(at: datetime) -> BriefPage:
    return published_brief(at - 90 * A_DAY, limit=OLD, date="Refunds go out every Thursday.")


@pytest.fixture
def module(brief: BriefPage) -> ModulePage:
    return module_about(brief)


@pytest.fixture
def person(module: ModulePage, at: datetime) -> User:
    return who_passed(module, at - 8 * A_DAY)


def history_of(person: User, module: ModulePage) -> list[Event | ChangeEvent]:
    """Her own events and the module's changes, in the order in which they were recorded."""
    told: list[tuple[datetime, Event | ChangeEvent]] = [
        (
            event.at,
            Event(
                recorded_on=organisation_day(event.at),
                ready_until=event.ready_to,
                practice_from=event.practice_from,
                version=event.version,
                own_ready_until=event.own_ready_to,
            ),
        )
        for event in StandingEvent.objects.filter(person=person, module=module)
    ]
    told += [
        (change.at, ChangeEvent(organisation_day(change.at), change.step, change.change.version))
        for change in ModuleChange.objects.filter(module=module).select_related("change")
    ]
    return [entry for _at, entry in sorted(told, key=lambda entry: entry[0])]


def proof_of(person: User, module: ModulePage) -> Proof:
    standing = Standing.objects.get(person=person, module=module)
    return Proof(
        started=True,
        ready_until=standing.ready_until,
        practice_from=standing.practice_from,
        version=standing.version,
        own_ready_until=standing.own_ready_until,
        own_practice_from=standing.own_practice_from,
        unchecked=standing.unchecked_id,
    )


class Happening(Protocol):
    """Something that may befall a person and a module."""

    __name__: str

    def __call__(
        self, brief: BriefPage, module: ModulePage, person: User, at: datetime, /
    ) -> object: ...


def change(brief: BriefPage, _module: ModulePage, _person: User, at: datetime) -> None:
    changed(brief, SOON, at=at, grace_days=3)


def other_change(brief: BriefPage, _module: ModulePage, _person: User, at: datetime) -> None:
    changed(brief, {"date": "Refunds go out every Friday."}, at=at, kind="now")


def revert(brief: BriefPage, _module: ModulePage, _person: User, at: datetime) -> None:
    changed(brief, {"limit": OLD}, at=at)


def practise(_brief: BriefPage, module: ModulePage, person: User, at: datetime) -> None:
    AttemptFactory(person=person, module=module, at=at, passed=True, practice=True)


def check(_brief: BriefPage, module: ModulePage, person: User, at: datetime) -> None:
    if Standing.objects.get(person=person, module=module).is_unchecked:
        answer_all(start_check(person=person, module=module, at=at), right=True, at=at)


def passes_again(_brief: BriefPage, module: ModulePage, person: User, at: datetime) -> None:
    AttemptFactory(person=person, module=module, at=at, passed=True)


STORIES = [
    *permutations([change, practise, check], 3),
    *permutations([change, other_change, practise], 3),
    (change, practise, revert, practise),
    (change, check, revert, practise),
    (change, other_change, revert, check),
    (change, passes_again, other_change, practise, check),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "story", STORIES, ids=lambda story: "-".join(one.__name__ for one in story)
)
def test_the_history_and_the_dates_say_the_same(
    brief: BriefPage,
    module: ModulePage,
    person: User,
    at: datetime,
    story: tuple[Happening, ...],
) -> None:
    for number, happening in enumerate(story):
        happening(brief, module, person, at + (number - len(story)) * A_DAY)
        known = organisation_day(at)
        assert fold(history_of(person, module), known) == proof_of(person, module)


@pytest.mark.django_db
def test_a_quiz_that_spans_a_change_is_told_by_the_history_too(
    brief: BriefPage, module: ModulePage, person: User, at: datetime
) -> None:
    attempt = AttemptFactory(person=person, module=module, at=at - 2 * A_DAY)
    changed(brief, SOON, at=at - A_DAY)
    answer_all(attempt, right=True, at=at)

    proof = fold(history_of(person, module), organisation_day(at))

    assert proof.is_unchecked
    assert proof == proof_of(person, module)


@pytest.fixture
def care(person: User, module: ModulePage) -> Department:
    department: Department = DepartmentFactory(name="Care")
    MembershipFactory(department=department, person=person)
    RequirementFactory(department=department, module=module, due_on=None)
    return department


def today_of(person: User, at: datetime) -> TodayPage:
    return today_page(person, at=at, roles=Roles())


@pytest.mark.django_db
def test_the_team_counts_whoever_waits_as_ready_on_the_version_before(
    brief: BriefPage, care: Department, at: datetime
) -> None:
    changed(brief, SOON, at=at)

    figures = department_readiness(care, on=organisation_day(at)).columns[0].tally

    assert (figures.ready, figures.previous, figures.needed) == (1, 1, 1)


@pytest.mark.django_db
def test_nobody_is_ready_after_the_grace_unless_she_checked(
    brief: BriefPage, care: Department, at: datetime
) -> None:
    changed(brief, SOON, at=at, grace_days=7)

    later = department_readiness(care, on=organisation_day(at) + 8 * A_DAY)

    assert later.columns[0].tally.ready == 0
    assert later.rows[0].cells[0].readiness is not None
    assert later.rows[0].cells[0].readiness.state is State.CHECK_THE_CHANGE


@pytest.mark.django_db
def test_the_teams_page_says_until_when_a_change_may_wait(
    client: Client, brief: BriefPage, care: Department, at: datetime
) -> None:
    changed(brief, SOON, at=at, grace_days=7)
    client.force_login(HeadshipFactory(department=care).person)

    page = client.get(reverse("departments:team-detail", args=[care.pk])).content.decode()

    assert "Check the change by Fri\u00a027\u00a0Nov" in page
    assert "1 of them on the version before" in page


@pytest.mark.django_db
def test_the_file_of_the_team_says_until_when_a_change_may_wait(
    client: Client, brief: BriefPage, care: Department, at: datetime
) -> None:
    changed(brief, SOON, at=at, grace_days=7)
    client.force_login(HeadshipFactory(department=care).person)

    file = client.get(reverse("departments:team-export", args=[care.pk])).getvalue().decode()

    assert "Check the change by" in file.splitlines()[0]
    assert file.splitlines()[1].endswith("2026-11-27")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "expected"),
    [("material", Next.CHECK), ("now", Next.CHECK), ("rewrite", Next.REWRITTEN)],
)
def test_today_asks_for_what_the_change_needs(
    brief: BriefPage, care: Department, person: User, at: datetime, kind: str, expected: Next
) -> None:
    changed(brief, SOON, at=at, kind=kind)

    assert today_of(person, at).card.next is expected


@pytest.mark.django_db
def test_a_change_that_holds_now_comes_before_a_quiz_that_waits_to_be_gone_on_with(
    brief: BriefPage, module: ModulePage, care: Department, person: User, at: datetime
) -> None:
    AttemptFactory(person=person, module=module, at=at)
    changed(brief, SOON, at=at, kind="now")

    assert today_of(person, at).card.next is Next.CHECK


@pytest.mark.django_db
def test_today_leads_to_what_changed(
    client: Client,
    brief: BriefPage,
    module: ModulePage,
    care: Department,
    person: User,
    at: datetime,
) -> None:
    changed(brief, SOON, at=at)
    client.force_login(person)

    page = client.get("/").content.decode()

    assert f'class="button" href="{reverse("quizzes:check-detail", args=[module.slug])}"' in page
    assert "you count as ready on the version before" in page


@pytest.mark.django_db
def test_what_others_see_says_what_the_head_sees(
    client: Client, brief: BriefPage, care: Department, person: User, at: datetime
) -> None:
    changed(brief, SOON, at=at, grace_days=7)
    client.force_login(person)

    assert "Check the change by" in client.get("/me/what-others-see/").content.decode()


@pytest.mark.django_db
def test_what_she_did_tells_that_she_checked(
    client: Client,
    brief: BriefPage,
    module: ModulePage,
    care: Department,
    person: User,
    at: datetime,
) -> None:
    changed(brief, SOON, at=at - A_DAY)
    answer_all(start_check(person=person, module=module, at=at), right=True, at=at)
    client.force_login(person)

    assert "You checked what changed in Fair Refund" in client.get("/me/").content.decode()
