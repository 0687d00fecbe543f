"""What a thread tells of its people, and to whom: of fewer than five nothing to anybody else."""

from collections.abc import Iterable, Iterator
from itertools import combinations

import pytest
from django.test import Client

from departments.actions.rolling import roll_up
from departments.models import Department, Link
from departments.reports.organisation import overview
from departments.reports.sights import as_seen_by
from departments.reports.threads import Thread, thread_of
from departments.suppression import MINIMUM_GROUP
from knowledge.models import BriefPage, PromisePage
from knowledge.reports import promise_address
from portal.models import User
from tests.conftest import NOW
from tests.departments.algebra import follows
from tests.departments.test_threads import promised
from tests.factories import (
    TODAY,
    BriefFactory,
    HeadshipFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

SIZES = {"Care": 7, "Digital": 2, "Finance": 5, "Marketing": 6, "Sales": 8}
# No chain of these is like another, and one is of everybody.
CHAINS = (
    ("Marketing", "Care", "Finance", "Digital"),
    ("Marketing", "Care", "Finance"),
    ("Sales", "Digital"),
    ("Care", "Sales"),
    tuple(SIZES),
)


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
                StandingFactory(person=person, module=module, ready=True)
    return brief


def department(name: str) -> Department:
    found: Department = Department.objects.get(name=name)
    return found


def chain(brief: BriefPage, *names: str) -> PromisePage:
    return promised(brief, *map(department, names))


def seen(promise: PromisePage, person: User) -> Thread:
    return as_seen_by(person, [thread_of(promise, on=TODAY)], on=TODAY)[promise.pk]


def shown(thread: Thread) -> set[str]:
    return {link.department.name for link in thread.links if link.is_shown}


def told_by(threads: Iterable[Thread]) -> Iterator[frozenset[str]]:
    """The departments of which a figure is told, each alone or together."""
    for thread in threads:
        yield from (frozenset({name}) for name in shown(thread))
        if thread.is_shown:
            yield frozenset(link.department.name for link in thread.links)


def told_by_organisation(person: User) -> Iterator[frozenset[str]]:
    company = department("Company")
    report = overview(company, person, on=TODAY, is_today=True)
    if report.columns[0].tally:
        yield frozenset(SIZES)
    yield from (frozenset({line.name}) for line in report.lines if line.sums[0].tally)


@pytest.mark.parametrize("leads", ["", "Finance", "Digital"])
def test_of_fewer_than_five_nothing_follows_from_all_threads_and_the_organisation(
    brief: BriefPage, leads: str
) -> None:
    person = PersonFactory()
    if leads:
        HeadshipFactory(department=department(leads), person=person)
    promises = [chain(brief, *names) for names in CHAINS]
    roll_up(at=NOW, is_all=True)

    threads = [seen(promise, person) for promise in promises]
    known = {*told_by(threads), *told_by_organisation(person)}
    assert frozenset(SIZES) in known
    assert len(known) > 1
    others = [name for name in SIZES if name != leads]
    small = [
        frozenset(names)
        for number in (1, 2)
        for names in combinations(others, number)
        if sum(SIZES[name] for name in names) < MINIMUM_GROUP
    ]
    assert small == ([] if leads == "Digital" else [{"Digital"}])
    assert not [names for names in small if follows(names, known, SIZES)]


def test_whoever_leads_a_department_sees_its_figures(brief: BriefPage) -> None:
    promise = chain(brief, "Care", "Digital")
    lead = HeadshipFactory(department=department("Digital")).person
    assert shown(seen(promise, lead)) >= {"Digital"}
    assert "Digital" not in shown(seen(promise, PersonFactory(administrator=True)))


def test_a_hidden_link_says_whether_enough_are_ready_and_no_number(
    client: Client, brief: BriefPage
) -> None:
    promise = chain(brief, "Digital")
    client.force_login(PersonFactory())
    page = client.get(promise_address(promise)).content.decode()
    assert "Enough are ready" in page
    assert "1 of 2 ready" not in page

    Link.objects.update(share=100)
    (link,) = seen(promise, PersonFactory()).links
    assert (link.missing, link.waiting.people) == (1, 0)


def test_before_anything_is_counted_the_threads_own_departments_are_the_parts(
    brief: BriefPage,
) -> None:
    person = PersonFactory()
    assert shown(seen(chain(brief, "Care", "Sales", "Marketing"), person)) == {
        "Care",
        "Sales",
        "Marketing",
    }
    assert "Digital" not in shown(seen(chain(brief, "Care", "Sales", "Digital"), person))
