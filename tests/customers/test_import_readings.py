from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from customers.importers.readings import import_readings
from customers.models import Measure, Reading
from knowledge.importers.reporting import ImportRefused, Tally, describe
from knowledge.importers.workbooks import workbook
from tests.conftest import NOW
from tests.customers.measuring import SOURCE, claimed, measured
from tests.factories import A_DAY
from tests.importing import replace, unchanged, write

HEADER = "measure,from,to,n,k,mean,deviation,values,value,source,note\n"
MONTHS = "refunds-in-time,2026-09,,534,326,,,,,,\nrefunds-in-time,2026-10,,548,318,,,,,,\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def share() -> Measure:
    return measured()


@pytest.fixture
def readings(share: Measure, tmp_path: Path) -> Path:
    path = write(tmp_path, "readings.csv", f"{HEADER}{MONTHS}")
    import_readings(path, at=NOW)
    return path


def faults_of(folder: Path, rows: str, header: str = HEADER) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        import_readings(write(folder, "more.csv", f"{header}{rows}\n"), at=NOW)
    return [describe(fault) for fault in refusal.value.faults]


def test_a_month_without_a_last_day_is_the_whole_month(readings: Path) -> None:
    first = Reading.objects.order_by("starts_on")[0]
    assert (first.starts_on, first.ends_on) == (date(2026, 9, 1), date(2026, 9, 30))
    assert (first.k, first.n, first.source) == (326, 534, SOURCE)


def test_a_second_run_changes_nothing(readings: Path) -> None:
    assert import_readings(readings, at=NOW + A_DAY).tally == unchanged(2)
    assert Reading.objects.count() == 2


def test_a_dry_run_writes_nothing(readings: Path) -> None:
    replace(readings, "548,318", "548,320")
    report = import_readings(readings, dry_run=True, at=NOW)
    assert report.tally == Tally(changed=1, unchanged=1)
    assert report.entries[1].note == "Corrects 318 of 548, which stays in the history."
    assert Reading.objects.filter(replaced_at=None).count() == 2


def test_a_changed_row_corrects_and_keeps_the_old_reading(readings: Path) -> None:
    replace(readings, "548,318", "548,320")
    import_readings(readings, at=NOW + A_DAY)
    old, new = Reading.objects.filter(starts_on=date(2026, 10, 1)).order_by("pk")
    assert (old.k, old.replaced_at) == (318, NOW + A_DAY)
    assert (new.k, new.replaced_at, new.entered_at) == (320, None, NOW + A_DAY)


def test_a_month_so_far_is_corrected_by_the_whole_month(readings: Path) -> None:
    row = "refunds-in-time,2026-11-01,2026-11-10,200,120,,,,,,"
    path = write(readings.parent, "november.csv", f"{HEADER}{row}\n")
    import_readings(path, at=NOW)
    replace(path, "2026-11-10,200,120", "2026-11-20,352,209")
    assert import_readings(path, at=NOW).tally == Tally(changed=1)


def test_another_source_of_the_same_month_is_another_reading(readings: Path) -> None:
    row = "refunds-in-time,2026-10,,100,60,,,,,Survey,"
    path = write(readings.parent, "survey.csv", f"{HEADER}{row}\n")
    assert import_readings(path, at=NOW).tally == Tally(new=1)


def test_values_become_their_mean(tmp_path: Path) -> None:
    measured(statistic="mean", unit="minutes", direction="lower")
    row = "refunds-in-time,2026-10,,,,,,2;4;4;4;5;5;7;9,,,"
    path = write(tmp_path, "readings.csv", f"{HEADER}{row}\n")
    import_readings(path, at=NOW)
    reading = Reading.objects.get()
    assert (reading.n, reading.mean, reading.deviation) == (8, Decimal(5), Decimal("2.1381"))


def test_columns_that_are_not_needed_may_be_left_out(share: Measure, tmp_path: Path) -> None:
    path = write(tmp_path, "few.csv", "k;n;measure;from\n326;534;refunds-in-time;2026-09\n")
    assert import_readings(path, at=NOW).tally == Tally(new=1)


def test_a_workbook_is_read_like_a_table(share: Measure, tmp_path: Path) -> None:
    rows = [["measure", "from", "to", "n", "k"], ["refunds-in-time", "2026-09", "", "534", "326"]]
    path = tmp_path / "readings.xlsx"
    path.write_bytes(workbook(rows, name="Readings"))
    assert import_readings(path, at=NOW).tally == Tally(new=1)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("refunds-in-tim,2026-09,,9,8,,,,,,", "Did you mean refunds-in-time?"),
        (",2026-09,,9,8,,,,,,", "“measure” is empty. Fill it in."),
        ("refunds-in-time,31.02.2026,,9,8,,,,,,", "“31.02.2026”, and no day. Write it like"),
        ("refunds-in-time,03/04/2026,05/04/2026,9,8,,,,,,", "“from” is “03/04/2026”, and no day."),
        ("refunds-in-time,2026-09-07,,9,8,,,,,,", "“to” is empty. Write the last day"),
        ("refunds-in-time,2026-09-07,2026-09-01,9,8,,,,,,", "Swap the two days"),
        ("refunds-in-time,2026-11,,9,8,,,,,,", "can't speak for days to come. Write as the last"),
        ("refunds-in-time,2026-01-01,2026-09-30,9,8,,,,,,", "Write one reading for each month."),
        ("refunds-in-time,2026-09,,8,9,,,,,,", "9 can't be part of 8. Swap the two"),
        ("refunds-in-time,2026-09,,0,0,,,,,,", "Leave out a month without any."),
        ("refunds-in-time,2026-09,,,,97.7,,,,,", "Write both “k” and “n”, such as 503 of 515"),
        ("refunds-in-time,2026-09,,534,61%,,,,,,", "“k” is “61%”, and no number"),
        ("refunds-in-time,2026-09,,534,326,,,,7,,", "has no “value”. Leave it empty"),
        ("refunds-in-time,2026-09,,9,,5,1,2;4,,,", "Keep “values”, and leave the other figures"),
        (f"refunds-in-time,2026-09,,9,8,,,,,,{'x' * 241}", "has 241 letters. Shorten it to 240."),
        (f"refunds-in-time,2026-09,,9,8,,,,,{'x' * 121},", "has 121 letters. Shorten it to 120."),
    ],
)
def test_a_fault_names_its_line_and_remedy_and_writes_nothing(
    share: Measure, tmp_path: Path, row: str, told: str
) -> None:
    good = "refunds-in-time,2026-08,,521,432,,,,,,"
    fault = faults_of(tmp_path, f"{good}\n{row}")[0]
    assert fault.startswith("more.csv, line 3: ")
    assert told in fault
    assert not Reading.objects.exists()


def test_a_mean_needs_its_deviation(tmp_path: Path) -> None:
    measured(statistic="mean", unit="minutes")
    faults = faults_of(tmp_path, "refunds-in-time,2026-09,,50,,7.8,,,,,")
    assert "Without the standard deviation nobody can tell" in faults[0]


@pytest.mark.parametrize(
    "row",
    [
        "refunds-in-time,2026-10-20,2026-11-10,300,150,,,,,,",
        "refunds-in-time,2026-09-15,2026-10-15,300,150,,,,,,",
    ],
)
def test_customers_are_never_counted_twice(readings: Path, row: str) -> None:
    faults = faults_of(readings.parent, row)
    assert "The same source already speaks for" in faults[0]
    assert faults[0].startswith("more.csv, line 2: ")


def test_two_rows_of_one_period_are_a_fault(share: Measure, tmp_path: Path) -> None:
    faults = faults_of(tmp_path, f"{MONTHS}refunds-in-time,2026-10,,9,8,,,,,,")
    assert "Line 3 has the same measure, first day and source." in faults[0]


def test_a_column_of_customers_is_refused(share: Measure, tmp_path: Path) -> None:
    row = "refunds-in-time,2026-09,534,326,Ada"
    faults = faults_of(tmp_path, row, "measure,from,n,k,customer\n")
    assert "These columns aren't known: customer." in faults[0]


def test_what_is_exported_comes_in_unchanged(readings: Path) -> None:
    Reading.objects.filter(k=318).update(note='=Say "two"', source="-1")
    path = readings.parent / "out.csv"
    call_command("export_readings", str(path))
    assert "'=Say" in path.read_text(encoding="utf-8")
    assert import_readings(path, at=NOW).tally == unchanged(2)


def test_the_command_counts_readings(readings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_readings", str(readings))
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == "2 readings: 0 new, 0 changed, 2 unchanged, 0 skipped, 0 refused."


def test_a_reading_of_a_claim_is_judged_by_its_own_kind(tmp_path: Path) -> None:
    measured(claimed())
    path = write(tmp_path, "readings.csv", f"{HEADER}{MONTHS}")
    assert import_readings(path, at=NOW).tally == Tally(new=2)
