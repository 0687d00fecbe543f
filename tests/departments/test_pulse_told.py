"""What is told of a month's answers, on any page and in any file: groups, and no more."""

from collections.abc import Mapping
from datetime import date
from itertools import combinations
from random import Random

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from departments.actions.pulse import close_pulses
from departments.beliefs import Said, sum_of
from departments.models import Department, Pulse
from departments.reports.pulse import months_told, said_in
from portal.models import User
from tests.departments.algebra import follows
from tests.departments.pulse_pages import DATA, PAGE, Line, in_data, in_file, in_page
from tests.departments.pulses import (
    AFTERWARDS,
    answer_all,
    answer_as,
    company_of,
    people_in,
    pulse_about,
)
from tests.drafting import signed_in
from tests.factories import (
    A_DAY,
    HeadshipFactory,
    MembershipFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

THE_DAY_AFTER = AFTERWARDS.date()


def everybody_there(departments: Mapping[str, Department]) -> list[User]:
    """One of each role."""
    head = people_in(departments["Care"])[1]
    HeadshipFactory(person=head, department=departments["Care"])
    marketer = PersonFactory(groups=["Marketing"])
    colleague = people_in(departments["Care"])[0]
    return [colleague, head, marketer, PersonFactory(administrator=True)]


def random_company(rng: Random) -> dict[str, Department]:
    """One department that is always too small, some that may be, and some that aren't."""
    sizes = {name: rng.randint(4, 12) for name in ("Billing", "Field", "Network")}
    return company_of(Care=rng.randint(9, 14), Digital=rng.randint(1, 4), **sizes)


def random_answers(
    departments: Mapping[str, Department], pulse: Pulse, rng: Random
) -> dict[str, Said]:
    """What each department really said."""
    said = {}
    for name, department in departments.items():
        people = len(people_in(department))
        answering = rng.randint(people * 2 // 3, people)
        yes = rng.randint(0, answering)
        not_yet = rng.randint(0, answering - yes)
        said[name] = Said(yes, not_yet, answering - yes - not_yet)
    answer_all(pulse, {name: one.counts for name, one in said.items()}, departments)
    return said


def shown_after(pulse: Pulse, readers: list[User]) -> list[Line]:
    """The same on page, in file and in data, to everybody."""
    close_pulses(at=AFTERWARDS)
    with time_machine.travel(AFTERWARDS, tick=False):
        pictures = [
            look(signed_in(reader)) for reader in readers for look in (in_page, in_file, in_data)
        ]
    assert all(picture == pictures[0] for picture in pictures)
    return pictures[0]


@pytest.mark.parametrize("seed", range(6))
def test_nobody_works_out_what_fewer_than_five_said_from_anything_shown(
    seed: int, portal_site: None
) -> None:
    """Property 10, attacked by linear algebra: the groups and their sizes are known to all."""
    rng = Random(seed)
    departments = random_company(rng)
    readers = everybody_there(departments)
    pulse = pulse_about()
    said = random_answers(departments, pulse, rng)
    shown = shown_after(pulse, readers)
    named = {line[0] for line in shown} & set(departments)
    rest = frozenset(departments) - named
    known = [
        {"Everybody": frozenset(departments), "Other teams": rest}.get(name, frozenset({name}))
        for name, *_told in shown
    ]
    for size in range(1, len(departments) + 1):
        for union in combinations(departments, size):
            if 0 < sum_of(said[name] for name in union).n < 5:
                assert not follows(frozenset(union), known, departments)


def test_figures_are_those_of_the_answers(portal_site: None) -> None:
    departments = company_of(Care=12, Digital=4, Field=7, People=3)
    pulse = pulse_about()
    answer_all(
        pulse,
        {"Care": (5, 3, 4), "Digital": (1, 2, 1), "Field": (6, 0, 1), "People": (1, 1, 1)},
        departments,
    )
    assert shown_after(pulse, everybody_there(departments)) == [
        ("Everybody", "26", "13", "6", "7"),
        ("Care", "12", "5", "3", "4"),
        ("Field", "7", "Nearly everyone said yes"),
        ("Other teams", "7", "not told, to keep small groups safe"),
    ]


@pytest.fixture
def answered() -> Pulse:
    """Twelve answers of one department."""
    pulse = pulse_about()
    answer_all(pulse, {"Care": (5, 3, 4)}, company_of(Care=12))
    return pulse


@pytest.fixture
def reader(answered: Pulse) -> Client:
    return signed_in(people_in(Department.objects.get(name="Care"))[0])


def test_nothing_is_told_while_the_month_runs(answered: Pulse, reader: Client) -> None:
    pages = [in_page(reader), in_file(reader), in_data(reader)]
    assert pages == [[], [], []]
    page = promise_page(reader, answered)
    assert "Not enough answers to show." in page
    assert "Belief, month by month" not in page


def test_nothing_is_told_until_the_answers_are_put_together(
    answered: Pulse, reader: Client, clock: time_machine.Traveller
) -> None:
    clock.move_to(AFTERWARDS)
    assert "The answers are being put together." in promise_page(reader, answered)
    assert [month.total for month in months_told(on=THE_DAY_AFTER)] == [None]


def test_whoever_asks_first_has_the_answers_put_together(
    answered: Pulse, reader: Client, clock: time_machine.Traveller
) -> None:
    clock.move_to(AFTERWARDS)
    assert in_page(reader)
    assert close_pulses(at=AFTERWARDS) == []


def promise_page(reader: Client, pulse: Pulse) -> str:
    page: str = reader.get(f"/promises/{pulse.promise.slug}/").content.decode()
    return page


def test_the_promise_tells_its_total_and_no_department(
    answered: Pulse, reader: Client, clock: time_machine.Traveller
) -> None:
    clock.move_to(AFTERWARDS)
    close_pulses(at=AFTERWARDS)
    page = promise_page(reader, answered)
    believe = page[page.index('aria-labelledby="believe"') :].split("</section>")[0]
    assert "5 of 12 said yes" in believe
    assert "Care" not in believe


def test_four_answers_are_not_enough(
    reader: Client, answered: Pulse, clock: time_machine.Traveller
) -> None:
    few = pulse_about(
        month=date(2026, 12, 1), opens_on=date(2026, 12, 1), closes_on=date(2026, 12, 31)
    )
    clock.move_to(AFTERWARDS)
    for person in people_in(Department.objects.get(name="Care"))[:4]:
        answer_as(person, few, at=AFTERWARDS, words="A daily run.", of_ten=3)
    later = AFTERWARDS + 31 * A_DAY
    clock.move_to(later)
    close_pulses(at=later)
    month = months_told(on=later.date())[0]
    assert (month.total, month.groups, month.of_ten, month.words) == (None, (), None, ())


def test_words_are_told_of_the_whole_company_only(
    reader: Client, clock: time_machine.Traveller
) -> None:
    departments = {one.name: one for one in Department.objects.all()}
    pulse = Pulse.objects.get()
    person = MembershipFactory(department=departments["Care"]).person
    answer_as(person, pulse, words="A daily run.")
    clock.move_to(AFTERWARDS)
    close_pulses(at=AFTERWARDS)
    (month,) = reader.get(DATA).json()["months"]
    assert month["would_have_to_be_true"] == ["A daily run."]
    assert "A daily run." in reader.get(PAGE).content.decode()


def test_estimates_are_told_from_five_people_on(answered: Pulse) -> None:
    care = Department.objects.get(name="Care")
    for estimate in (9, 9, 9, 9, 4):
        person = MembershipFactory(department=care).person
        answer_as(person, answered, of_ten=estimate)
    close_pulses(at=AFTERWARDS)
    assert months_told(on=THE_DAY_AFTER)[0].of_ten == 8


def test_a_promise_that_only_some_may_read_is_told_to_nobody(
    answered: Pulse, reader: Client, clock: time_machine.Traveller
) -> None:
    clock.move_to(AFTERWARDS)
    close_pulses(at=AFTERWARDS)
    PageViewRestriction.objects.create(page=answered.promise, restriction_type="login")
    assert in_data(reader) == []


def test_what_is_stored_once_it_is_put_together_are_the_groups_that_are_told() -> None:
    """So a department that goes later can't make a second, different picture of the month."""
    departments = company_of(Alpha=3, Beta=6, Care=20)
    pulse = pulse_about()
    answer_all(pulse, {"Alpha": (1, 1, 1), "Beta": (2, 2, 2), "Care": (9, 6, 5)}, departments)
    close_pulses(at=AFTERWARDS)
    assert said_in(pulse) == {str(departments["Care"].pk): Said(9, 6, 5), "": Said(3, 3, 3)}


def test_more_answers_ask_for_no_more_queries(answered: Pulse) -> None:
    close_pulses(at=AFTERWARDS)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            months_told(on=THE_DAY_AFTER)
        return len(captured)

    queries()
    again = queries()
    assert again == 3
