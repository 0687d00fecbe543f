"""Whatever the organisation looks like: parts sum to the whole, and everybody counts once."""

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from departments.models import Department
from departments.readiness import Tally, tally
from departments.reports import Cell, DepartmentReadiness, PersonRow, department_readiness
from tests.departments.organisations import organisation
from tests.factories import TODAY, ModuleFactory

pytestmark = pytest.mark.django_db
NOBODY = tally([])


@pytest.fixture(params=range(4))
def reports(request: pytest.FixtureRequest) -> dict[int, DepartmentReadiness]:
    """Of every department of an organisation, the whole first."""
    made = organisation(Random(request.param), ModuleFactory.create_batch(4))
    keys = [department.pk for department in made]
    fresh = Department.objects.in_bulk(keys)
    return {pk: department_readiness(fresh[pk], on=TODAY) for pk in keys}


def test_the_figures_of_the_parts_sum_to_those_of_the_whole(
    reports: dict[int, DepartmentReadiness],
) -> None:
    for report in reports.values():
        for place, column in enumerate(report.columns):
            parts = [branch.tallies[place] for branch in report.branches]
            assert not parts or summed(parts) == summed([column.tally])


def test_the_figures_of_a_part_are_those_of_its_own_page(
    reports: dict[int, DepartmentReadiness],
) -> None:
    for report in reports.values():
        for branch in report.branches:
            for column, told in zip(report.columns, branch.tallies, strict=True):
                own = reports[branch.department_id]
                assert branch.is_direct or told == tally_in(own, column.module_id)


def test_everybody_counts_once_for_what_any_of_her_departments_asks(
    reports: dict[int, DepartmentReadiness],
) -> None:
    whole = next(iter(reports.values()))
    counted = Counter(
        (row.person_id, cell.module_id)
        for report in reports.values()
        for row, cell in asked_in(report)
        if is_counted_here(report, row, cell)
    )
    asked = {
        (row.person_id, cell.module_id)
        for report in reports.values()
        for row, cell in asked_in(report)
    }

    assert set(counted.values()) == {1}
    assert set(counted) == asked
    assert asked == {(row.person_id, cell.module_id) for row, cell in asked_in(whole)}


def asked_in(report: DepartmentReadiness) -> Iterator[tuple[PersonRow, Cell]]:
    for row in report.rows:
        yield from ((row, cell) for cell in row.cells if cell.readiness)


def is_counted_here(report: DepartmentReadiness, row: PersonRow, cell: Cell) -> bool:
    is_elsewhere = cell.readiness is None or cell.readiness.is_elsewhere
    return not is_elsewhere and report.department_id == (cell.counted_in or row.department_id)


def summed(tallies: list[Tally]) -> Tally:
    return Tally(
        ready=sum(each.ready for each in tallies),
        needed=sum(each.needed for each in tallies),
        not_counted=sum(each.not_counted for each in tallies),
        previous=sum(each.previous for each in tallies),
    )


def tally_in(report: DepartmentReadiness, module: int) -> Tally:
    return next((each.tally for each in report.columns if each.module_id == module), NOBODY)
