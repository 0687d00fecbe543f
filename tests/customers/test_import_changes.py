from pathlib import Path

import pytest
from django.core.management import call_command

from customers.importers.changes import import_process_changes
from customers.models import ChangeQuestion, ProcessChange
from departments.models import Department
from knowledge.importers.reporting import ImportRefused, Tally, describe
from tests.conftest import NOW
from tests.customers.measuring import claimed, measured
from tests.factories import A_DAY, DepartmentFactory, PromiseFactory
from tests.importing import unchanged, write

HEADER = "reference,title,details,why,from,department,promises,measures\n"
PAST = (
    "PC-014,Weekly refund run,With a second approver,An audit found 1.9% paid twice,2026-08-17,"
    "Company/Finance,fair-refund,refunds-in-time\n"
)
PLANNED = "PC-017,Daily run,,Customers wait,2026-11-23,Company/Finance,,\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance() -> Department:
    company = DepartmentFactory(name="Company")
    finance: Department = DepartmentFactory(name="Finance", parent=company)
    promise = PromiseFactory(title="Fair Refund", slug="fair-refund", departments=[finance])
    measured(claimed(promise))
    return finance


def brought_in(folder: Path, rows: str) -> Tally:
    return import_process_changes(write(folder, "changes.csv", HEADER + rows), at=NOW).tally


def test_a_change_comes_with_what_it_touches(finance: Department, tmp_path: Path) -> None:
    assert brought_in(tmp_path, PAST) == Tally(new=1)
    change = ProcessChange.objects.get()
    assert (change.reference, change.department) == ("PC-014", finance)
    assert [page.slug for page in change.promises.all()] == ["fair-refund"]
    assert [measure.reference for measure in change.measures.all()] == ["refunds-in-time"]


def test_a_second_run_changes_nothing(finance: Department, tmp_path: Path) -> None:
    brought_in(tmp_path, PAST + PLANNED)
    assert brought_in(tmp_path, PAST + PLANNED) == unchanged(2)
    assert ChangeQuestion.objects.count() == 1


def test_a_changed_row_changes_what_it_touches(finance: Department, tmp_path: Path) -> None:
    brought_in(tmp_path, PAST)
    assert brought_in(tmp_path, PAST.replace("fair-refund,", ",")) == Tally(changed=1)
    assert not ProcessChange.objects.get().promises.exists()


def test_only_what_is_to_come_asks_the_owners(finance: Department, tmp_path: Path) -> None:
    brought_in(tmp_path, PAST + PLANNED)
    asked = ChangeQuestion.objects.values_list("change__reference", "promise__slug")
    assert list(asked) == [("PC-017", "fair-refund")]


def test_what_is_exported_comes_in_unchanged(finance: Department, tmp_path: Path) -> None:
    brought_in(tmp_path, PAST + PLANNED.replace("Daily", "=Daily"))
    call_command("export_process_changes", str(tmp_path / "out.csv"))
    assert import_process_changes(tmp_path / "out.csv", at=NOW + A_DAY).tally == unchanged(2)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (PAST.replace("An audit found 1.9% paid twice", ""), "“why” is empty. Fill it in."),
        (PAST.replace("2026-08-17", "soon"), "“from” is “soon”, and no day. Write it like"),
        (PAST.replace("Company/Finance", "Finance"), "There is no department “Finance”. Import"),
        (PAST.replace("fair-refund", "fair-refunds"), "Did you mean fair-refund?"),
        (PAST.replace("PC-014", "weekly run"), "Write it like PC-014"),
        (PAST.replace("PC-014", "add"), "Write it like PC-014"),
        (PAST.replace("Weekly", "x" * 120), "“title” can't stay as it is."),
        (PAST + PAST, "“PC-014” stands on line 2 already."),
    ],
)
def test_a_fault_names_its_line_and_remedy_and_writes_nothing(
    finance: Department, tmp_path: Path, row: str, told: str
) -> None:
    with pytest.raises(ImportRefused) as refusal:
        brought_in(tmp_path, row)
    fault = describe(refusal.value.faults[-1])
    assert fault.startswith(f"changes.csv, line {1 + row.count(chr(10))}: ")
    assert told in fault
    assert not ProcessChange.objects.exists()
