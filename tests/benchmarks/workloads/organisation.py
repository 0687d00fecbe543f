"""W1b: the whole organisation, fifty departments and twenty modules, trend and forecast, while
people and the departments below grow."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import batched
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone

from departments.actions.rolling import roll_up
from departments.models import Department, Membership, ReadinessMonth, Requirement
from departments.reports.sums import MONTHS, month_ends
from knowledge.models import ModulePage
from portal.models import User
from tests.benchmarks.floors import floor_application
from tests.benchmarks.measuring import Samples, queries_of, side_by_side
from tests.benchmarks.results import Figures, Goal
from tests.benchmarks.rows import (
    AT_ONCE,
    LONG_AGO,
    MODULES,
    PEOPLE_A_DEPARTMENT,
    analyse,
    appoint,
    bulk_people,
    write_standings,
)
from tests.benchmarks.visitor import Visitor, signed_in
from tests.benchmarks.workloads.team import paper, set_beside_paper
from tests.factories import ModuleFactory

SMALL = 1_000
PARTS = 50
CELLS = PARTS * MODULES
PATH = "/organisation/"
GOALS = (
    Goal("ratio", at_most=4),
    Goal("queries", at_most=10),
    Goal("growth", at_most=1.5),
)


class Company:
    """A root, fifty departments, and below each of these as many teams as its people need."""

    def __init__(self) -> None:
        self.root = Department.add_root(name="Company")
        self.modules: list[ModulePage] = ModuleFactory.create_batch(MODULES)
        self.parts = self._below(self.root, range(1, PARTS + 1))
        Requirement.objects.bulk_create(
            Requirement(department=self.root, module=module, known_from=LONG_AGO)
            for module in self.modules
        )
        self.people = self.teams = 0

    def grow_to(self, size: int) -> None:
        newest = User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        people = bulk_people(range(self.people, size))
        share = len(people) // PARTS
        for part, members in zip(self.parts, batched(people, share), strict=False):
            self._staff(part, members)
        write_standings(newest)
        self.people = size

    def _staff(self, part: Department, members: Sequence[User]) -> None:
        first = part.numchild + 1
        places = range(first, first + len(members) // PEOPLE_A_DEPARTMENT)
        teams = self._below(part, places) or [part]
        Membership.objects.bulk_create(
            (
                Membership(
                    person=person,
                    department=teams[number % len(teams)],
                    title="Adviser",
                    starts_on=LONG_AGO,
                    known_from=LONG_AGO,
                )
                for number, person in enumerate(members)
            ),
            AT_ONCE,
        )

    def _below(self, parent: Department, places: range) -> list[Department]:
        made: list[Department] = Department.objects.bulk_create(
            Department(
                name=f"Part {place:05}",
                path=Department._get_path(parent.path, parent.depth + 1, place),
                depth=parent.depth + 1,
            )
            for place in places
        )
        parent.numchild += len(made)
        Department.objects.filter(pk=parent.pk).update(numchild=parent.numchild)
        return made

    def remember_months(self) -> None:
        ReadinessMonth.objects.bulk_create(
            (
                ReadinessMonth(
                    department=department,
                    module=module,
                    ends_on=day,
                    needed=20,
                    ready=12 + place % 5,
                    previous=1,
                    not_counted=0,
                )
                for place, day in enumerate(month_ends(timezone.localdate(), MONTHS))
                for department in (self.root, *self.parts)
                for module in self.modules
            ),
            AT_ONCE,
        )


def organisation_page(people: int, rounds: int) -> Figures:
    company = Company()
    company.grow_to(SMALL)
    company.remember_months()
    counted(Samples())
    subjects, sent = organisation_subjects(company)
    small = side_by_side(subjects, rounds // 2)
    company.grow_to(people)
    counting = Samples()
    counted(counting)
    large = side_by_side(subjects, rounds // 2)
    ours, floor = large["ours"].typical, large["floor"].typical
    measured = {
        "ratio": ours.decisive / floor.decisive,
        "growth": set_beside_paper(large) / set_beside_paper(small),
        "queries": queries_of(subjects["ours"]),
        "ours_ms": ours.wall,
        "ours_cpu_ms": ours.cpu,
        "ours_small_ms": small["ours"].typical.wall,
        "floor_ms": floor.wall,
        "floor_cpu_ms": floor.cpu,
        "counting_ms": counting.typical.wall,
        "departments": Department.objects.count(),
        "html_bytes": sent,
        "people": people,
    }
    return Figures("W1b", line_of(measured), measured, GOALS)


def counted(samples: Samples) -> None:
    """Everything beforehand, as the command does at night."""
    samples.time(lambda: roll_up(at=timezone.now() - timedelta(minutes=1), is_all=True))
    analyse()


def organisation_subjects(company: Company) -> tuple[dict[str, Callable[[], Any]], int]:
    key = signed_in(appoint(company.root))
    ours = Visitor(WSGIHandler(), key)
    sent = len(ours.get(PATH).body)
    bare = len(Visitor(floor_application(), key).get(PATH).body)
    floor = Visitor(floor_application("·" * round((sent - bare) / CELLS / 2)), key)
    return {
        "ours": lambda: ours.get(PATH),
        "floor": lambda: floor.get(PATH),
        "paper": paper,
    }, sent


def line_of(measured: dict[str, float]) -> str:
    return (
        "{ratio:.1f}x floor, {queries} q, growth {growth:.2f}x to {people} people in "
        "{departments} departments, {ours_ms:.1f} ms ({ours_cpu_ms:.1f} ms CPU), "
        "{kilobytes:.0f} KB; all was counted in {counting:.1f} s"
    ).format(
        **measured,
        kilobytes=measured["html_bytes"] / 1000,
        counting=measured["counting_ms"] / 1000,
    )
