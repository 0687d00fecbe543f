"""W4: a roster of everybody, with departments, brought in, and brought in again unchanged."""

import csv
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from departments.importers.people import import_people
from departments.models import Department
from departments.reports.roster import COLUMNS
from portal.models import User
from tests.benchmarks.measuring import Samples, counted
from tests.benchmarks.results import Figures, Goal
from tests.benchmarks.rows import NO_PASSWORD, PEOPLE_A_DEPARTMENT, analyse

TIMES = 2
GOALS = (
    Goal("share_of_floor", at_least=0.3),
    Goal("queries_a_thousand", at_most=12),
    Goal("queries_a_thousand_again", at_most=12),
    Goal("again", at_most=1),
    Goal("again_changed", at_most=0),
)


def roster_import(people: int, _rounds: int) -> Figures:
    User.objects.filter(email__startswith="rostered").delete()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "people.csv")
        write_roster(path, people)
        floor, first = Samples(), Samples()
        for _ in range(TIMES):
            undone(lambda: create_by_hand(people), floor)
            undone(lambda: import_people(path), first)
        return figures_of(path, people, floor.typical.decisive, first.typical.decisive)


def figures_of(path: Path, people: int, floor: float, first: float) -> Figures:
    """`floor` and `first` are milliseconds."""
    departments = Department.objects.count()
    with counted() as statements:
        assert import_people(path).tally.new == people
    made = Department.objects.count() - departments
    analyse()
    again, statements_again, changed = imported_again(path)
    measured = {
        "share_of_floor": floor / first,
        "again": again / first,
        "again_changed": changed,
        "queries_a_thousand": statements.queries / people * 1000,
        "queries_a_thousand_again": statements_again / people * 1000,
        "queries": statements.queries,
        "departments": made,
        "rows_a_second": people / first * 1000,
        "rows_a_second_again": people / again * 1000,
        "floor_rows_a_second": people / floor * 1000,
        "seconds": first / 1000,
        "people": people,
    }
    return Figures("W4", line_of(measured), measured, GOALS)


def imported_again(path: Path) -> tuple[float, int, int]:
    samples = Samples()
    for _ in range(TIMES):
        with counted() as statements:
            tally = samples.time(lambda: import_people(path)).tally
    return samples.typical.decisive, statements.queries, tally.new + tally.changed


def undone(subject: Callable[[], Any], samples: Samples) -> None:
    """Leaves the database as it was."""
    with transaction.atomic():
        samples.time(subject)
        transaction.set_rollback(True)


def create_by_hand(people: int) -> None:
    User.objects.bulk_create(
        User(
            email=f"rostered{number}@example.com",
            first_name=f"Robin{number % 89}",
            last_name=f"Example{number:06}",
            password=NO_PASSWORD,
        )
        for number in range(people)
    )


def write_roster(path: Path, people: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS)
        rows.writeheader()
        rows.writerows(
            {
                "email": f"rostered{number}@example.com",
                "given_name": f"Robin{number % 89}",
                "family_name": f"Example{number:06}",
                "department": department_of(number),
                "title": "Adviser",
                "role": "head" if number % PEOPLE_A_DEPARTMENT == 0 else "",
                "starts_on": "2025-02-03",
                "groups": "Marketing" if number % 1000 == 0 else "",
            }
            for number in range(people)
        )


def department_of(number: int) -> str:
    place = number // PEOPLE_A_DEPARTMENT
    return f"Roster/Division {place // 20:03}/Department {place:05}"


def line_of(measured: dict[str, float]) -> str:
    return (
        "{share_of_floor:.2f} of bulk_create, {rows_a_second:.0f} people/s, "
        "{queries_a_thousand:.1f} q per 1,000 people and {departments} new departments, again "
        "unchanged {again:.2f}x the time, {queries_a_thousand_again:.1f} q per 1,000"
    ).format(**measured)
