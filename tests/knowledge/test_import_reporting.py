from pathlib import Path

import pytest
from django.core.management import call_command

from knowledge.importers.reporting import (
    Entry,
    Fault,
    ImportRefused,
    ImportReport,
    Outcome,
    Tally,
    describe,
    describe_entries,
    describe_tally,
)
from knowledge.importers.writing import all_or_nothing
from portal.models import User
from tests.importing import PEOPLE_HEADER, write


def test_a_fault_is_told_with_file_line_and_remedy() -> None:
    fault = Fault("people.csv", 14, "“31.02.2026” is not a date.", "Write it like 2026-02-28.")
    assert describe(fault) == (
        "people.csv, line 14: “31.02.2026” is not a date. Write it like 2026-02-28."
    )


def test_a_fault_of_a_whole_file_has_no_line() -> None:
    assert describe(Fault("a.csv", None, "It is empty.", "Look.")) == "a.csv: It is empty. Look."


def test_the_last_line_counts() -> None:
    entries = (Entry("a", Outcome.NEW), Entry("b", Outcome.NEW), Entry("c", Outcome.SKIPPED))
    assert describe_tally(ImportReport(entries).tally) == (
        "2 new, 0 changed, 0 unchanged, 1 skipped, 0 refused."
    )


def test_the_table_leaves_out_what_is_unchanged() -> None:
    entries = (
        Entry("Ana", Outcome.UNCHANGED),
        Entry("Bo", Outcome.CHANGED, "name"),
        Entry("Cleopatra", Outcome.NEW, "Care"),
    )
    assert describe_entries(entries) == ["changed  Bo         name", "new      Cleopatra  Care"]


def test_refused_counts_lines_and_not_faults() -> None:
    faults = [Fault("a.csv", 2, "x", "y"), Fault("a.csv", 2, "z", "y"), Fault("a.csv", 3, "x", "y")]
    assert ImportRefused(faults).tally == Tally(refused=2)


@pytest.mark.django_db
def test_what_somebody_else_wrote_meanwhile_refuses_the_import_whole() -> None:
    def write_twice() -> None:
        with all_or_nothing("people.csv"):
            User.objects.create(email="ana@x.example")
            User.objects.create(email="ANA@x.example")

    with pytest.raises(ImportRefused, match="Run the import again"):
        write_twice()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_very_many_faults_are_told_in_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"p{number},A,B,,,,,,,,\n" for number in range(150))
    path = write(tmp_path, "people.csv", PEOPLE_HEADER + rows)
    with pytest.raises(SystemExit):
        call_command("import_people", str(path))
    told = capsys.readouterr()
    assert told.err.splitlines()[-1] == "… and 50 more."
    assert told.out.splitlines()[-2:] == [
        "Nothing was written.",
        "150 people: 0 new, 0 changed, 0 unchanged, 0 skipped, 150 refused.",
    ]
