"""What a gate tells of people, and to whom: of fewer than five nothing to anybody else.

The same property as that of threads (tests/departments/test_sights.py), for all that the pages of
gates tell beside them, of today and of launch day.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import combinations

import pytest
from django.test import Client
from django.urls import reverse

from departments.actions.rolling import roll_up
from departments.models import Department, Link, Membership
from departments.reports.organisation import overview
from departments.suppression import MINIMUM_GROUP
from knowledge.models import BriefPage, ModulePage
from portal.models import User
from quizzes.models import Standing
from strategy.models import Campaign
from strategy.reports.gate_pages import GatePage, LinkTold, gate_page
from strategy.reports.gates import launch_obstacles
from strategy.reports.plans import newest_plan
from tests.conftest import NOW
from tests.departments.algebra import follows
from tests.departments.test_threads import promised
from tests.factories import (
    TODAY,
    BriefFactory,
    CampaignFactory,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    StandingFactory,
)
from tests.strategy.staging import LAUNCH_DAY, after

pytestmark = pytest.mark.django_db

SIZES = {"Care": 7, "Digital": 2, "Finance": 5, "Marketing": 6, "Sales": 8}
# What each campaign promises, and along which departments.
CAMPAIGNS: tuple[list[tuple[str, ...]], ...] = (
    [("Marketing", "Care", "Finance", "Digital")],
    [("Marketing", "Care", "Finance")],
    [("Sales", "Digital"), ("Care", "Sales")],
    [tuple(SIZES)],
    [tuple(SIZES), ("Sales", "Marketing")],
)
MARKUP = re.compile(r"<head>.*?</head>|<[^>]+>", re.DOTALL)


@pytest.fixture
def company() -> Department:
    return DepartmentFactory(name="Company")


@pytest.fixture
def brief(company: Department) -> BriefPage:
    brief: BriefPage = BriefFactory()
    module = ModuleFactory(brief=brief)
    RequirementFactory(department=company, module=module)
    for name, people in SIZES.items():
        department = Department.objects.get(pk=company.pk).add_child(name=name)
        for place in range(people):
            person = MembershipFactory(department=department).person
            if place % 3:
                ready(person, module)
    return brief


def ready(person: User, module: ModulePage) -> None:
    StandingFactory(
        person=person,
        module=module,
        passed_on=after(-20),
        practice_from=after(300),
        ready_until=after(300),
    )


def named(name: str) -> Department:
    found: Department = Department.objects.get(name=name)
    return found


def campaigns(brief: BriefPage) -> list[Campaign]:
    return [
        CampaignFactory(
            title=f"Campaign {number}",
            brief=brief,
            launches_on=LAUNCH_DAY,
            promises=[promised(brief, *map(named, names)) for names in chains],
        )
        for number, chains in enumerate(CAMPAIGNS)
    ]


def leaves(name: str, people: int) -> dict[str, int]:
    """So many leave the department before launch day; who is there then."""
    leaving = Membership.objects.filter(department__name=name).order_by("pk")[:people]
    Membership.objects.filter(pk__in=[each.pk for each in leaving]).update(ends_on=after(5))
    return {**SIZES, name: SIZES[name] - people}


def told_today(page: GatePage) -> Iterator[frozenset[str]]:
    for facts in page.gate.promises:
        if facts.today.is_shown:
            yield departments(page, facts.promise.pk)


def told_ahead(page: GatePage) -> Iterator[frozenset[str]]:
    costs = set[str]()
    for facts in page.gate.promises:
        shown = {row.department for row in rows(page, facts.promise.pk) if row.is_shown}
        yield from (frozenset({name}) for name in shown)
        if facts.thread.is_shown:
            shown = set(departments(page, facts.promise.pk))
            yield frozenset(shown)
        costs |= shown
    yield frozenset(costs)


def rows(page: GatePage, key: int) -> tuple[LinkTold, ...]:
    return next(told.links for told in page.links if told.key == key)


def departments(page: GatePage, key: int) -> frozenset[str]:
    return frozenset(row.department for row in rows(page, key))


def told_by_organisation(person: User) -> Iterator[frozenset[str]]:
    report = overview(named("Company"), person, on=TODAY, is_today=True)
    if report.columns[0].tally:
        yield frozenset(SIZES)
    yield from (frozenset({line.name}) for line in report.lines if line.sums[0].tally)


def small(sizes: dict[str, int], leads: str) -> list[frozenset[str]]:
    others = [name for name in sizes if name != leads]
    return [
        frozenset(names)
        for number in (1, 2)
        for names in combinations(others, number)
        if 0 < sum(sizes[name] for name in names) < MINIMUM_GROUP
    ]


@pytest.mark.parametrize(
    ("leads", "leaving", "people"),
    [("", "Sales", 0), ("Finance", "Sales", 0), ("", "Marketing", 3), ("Care", "Finance", 4)],
)
def test_of_fewer_than_five_nothing_follows_from_all_gates_and_the_organisation(
    brief: BriefPage, leads: str, leaving: str, people: int
) -> None:
    person = PersonFactory()
    if leads:
        HeadshipFactory(department=named(leads), person=person)
    then = leaves(leaving, people)
    planned = campaigns(brief)
    roll_up(at=NOW, is_all=True)

    pages = [gate_page(campaign, person, on=TODAY) for campaign in planned]
    today = {*told_by_organisation(person), *(told for page in pages for told in told_today(page))}
    ahead = {told for page in pages for told in told_ahead(page)}

    assert frozenset(SIZES) in today
    assert frozenset({"Sales"}) in ahead
    assert not [names for names in small(SIZES, leads) if follows(names, today, SIZES)]
    assert not [names for names in small(then, leads) if follows(names, ahead, SIZES)]


def all_words(client: Client, brief: BriefPage) -> dict[str, str]:
    """Of every page that tells of a campaign, as its reader sees it."""
    gates = [
        reverse("strategy:gate-detail", args=[each.slug])
        for each in Campaign.objects.filter(brief=brief)
    ]
    pages = [reverse("strategy:campaign-index"), *gates]
    pages += [f"{gate}?on={after(days).isoformat()}" for gate in gates for days in (3, 40)]
    return {page: words(client.get(page).content.decode()) for page in pages}


def words(html: str) -> str:
    return " ".join(unescape(MARKUP.sub(" ", html)).split())


def test_who_becomes_few_by_launch_day_does_not_follow_from_the_total(brief: BriefPage) -> None:
    for _person in range(4):
        MembershipFactory(department=named("Digital"))
    leaves("Digital", 4)
    planned = campaigns(brief)
    roll_up(at=NOW, is_all=True)

    pages = [gate_page(campaign, PersonFactory(), on=TODAY) for campaign in planned]

    assert {*SIZES} == {name for told in map(told_today, pages) for names in told for name in names}
    ahead = {told for page in pages for told in told_ahead(page)}
    assert not [names for names in small(SIZES, "") if follows(names, ahead, SIZES)]


def test_who_of_the_hidden_is_ready_changes_no_word_of_any_gate(
    client: Client, brief: BriefPage
) -> None:
    """Others are hidden with Digital, so that nobody can subtract: one more here, one less there.

    Nothing that is told may differ, neither figure nor sentence.
    """
    client.force_login(PersonFactory())
    planned = campaigns(brief)
    Link.objects.update(share=100)
    roll_up(at=NOW, is_all=True)
    before = all_words(client, brief)
    held = [str(one.text) for each in planned for one in launch_obstacles(each)]

    one_more_in_finance_one_less_in_digital()
    roll_up(at=NOW, is_all=True)

    assert all_words(client, brief) == before
    assert [str(one.text) for each in planned for one in launch_obstacles(each)] == held
    assert "17 of 28 are ready" in " ".join(before.values())
    assert "enough in Marketing, Finance and Digital" in " ".join(before.values())


def one_more_in_finance_one_less_in_digital() -> None:
    ready = Standing.objects.get(person__memberships__department__name="Digital")
    lacks = Membership.objects.filter(department__name="Finance", person__standings=None)
    Standing.objects.filter(pk=ready.pk).update(person=lacks[0].person_id)


def test_a_head_sees_the_figure_of_their_own_department(client: Client, brief: BriefPage) -> None:
    campaign = campaigns(brief)[0]
    Link.objects.update(share=100)
    roll_up(at=NOW, is_all=True)
    gate = reverse("strategy:gate-detail", args=[campaign.slug])
    client.force_login(PersonFactory())
    assert "1 in Digital" not in words(client.get(gate).content.decode())

    client.force_login(HeadshipFactory(department=named("Digital")).person)
    assert "1 in Digital" in words(client.get(gate).content.decode())


@pytest.mark.parametrize("is_counted", [True, False])
def test_what_is_hidden_today_is_hidden_on_every_day(brief: BriefPage, *, is_counted: bool) -> None:
    """Four more begin in a department of two before launch day."""
    module = ModulePage.objects.get(brief=brief)
    for _person in range(4):
        person = MembershipFactory(department=named("Digital"), starts_on=after(5)).person
        ready(person, module)
    planned = campaigns(brief)
    if is_counted:
        roll_up(at=NOW, is_all=True)

    for campaign in planned:
        page = gate_page(campaign, PersonFactory(), on=TODAY)
        for row in (row for told in page.links for row in told.links):
            assert not (row.is_shown and row.department == "Digital")


def test_the_gate_judges_those_too_whose_figures_it_does_not_tell(brief: BriefPage) -> None:
    campaign = campaigns(brief)[0]
    Link.objects.update(share=100)
    Link.objects.exclude(department__name="Digital").update(share=1)
    roll_up(at=NOW, is_all=True)

    page = gate_page(campaign, PersonFactory(), on=TODAY)

    assert newest_plan(campaign).day(TODAY) == LAUNCH_DAY
    assert page.checks[0].note == "3 of 4 links"
    assert page.checks[0].change.endswith("enough in Digital.")
