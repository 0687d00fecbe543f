import shutil
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from departments.importers.people import import_people
from departments.importers.requirements import import_requirements
from departments.importers.requirements.rows import Due, parse_due
from departments.models import Department, Requirement
from departments.reports import Terms, terms_of
from knowledge.importers.reporting import MOST_FAULTS, ImportRefused, Outcome, Tally, describe
from portal.models import User
from tests.factories import HeadshipFactory, ModuleFactory, PersonFactory
from tests.importing import EXAMPLES, replace, unchanged, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    import_people(EXAMPLES / "people.csv")
    ModuleFactory(slug="price-promise", title="Price promise")
    path = Path(shutil.copy(EXAMPLES / "requirements.csv", tmp_path))
    import_requirements(path)
    return path


def test_a_date_and_a_time_after_joining_are_told_apart(requirements: Path) -> None:
    care, marketing = Requirement.objects.order_by("department__name")
    assert (care.due_on, care.joiner_days) == (date(2026, 12, 1), 30)
    assert (marketing.due_on, marketing.joiner_days) == (None, 30)


def test_a_second_run_changes_nothing(requirements: Path) -> None:
    assert import_requirements(requirements).tally == unchanged(2)


def test_another_due_is_a_change(requirements: Path) -> None:
    replace(requirements, "30 days", "14 days")
    assert import_requirements(requirements).tally == Tally(changed=1, unchanged=1)
    assert Requirement.objects.get(department__name="Marketing").joiner_days == 14


def test_a_dry_run_writes_nothing(requirements: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(requirements, "30 days", "14 days")
    call_command("import_requirements", str(requirements), "--dry-run")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "changed  Wrenfield/Marketing: Price promise  14 days for joiners · 1 person"
    assert told[-1] == "2 requirements: 0 new, 1 changed, 1 unchanged, 0 skipped, 0 refused."
    assert Requirement.objects.get(department__name="Marketing").joiner_days == 30


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Wrenfield/Nowhere,price-promise,30 days", "There is no department “Wrenfield/Nowhere”."),
        ("Wrenfield,price-promises,30 days", "There is no module “price-promises”."),
        ("Wrenfield,price-promise,", "“” says no date and no number of days. Write a date like"),
        ("Wrenfield,price-promise,0 days", "“0 days” says no date and no number of days."),
        ("Wrenfield,price-promise,1/12/2026", "“1/12/2026” says no date"),
        ("Wrenfield/Marketing,price-promise,1 day", "are in line 3 already. Keep one"),
    ],
)
def test_a_fault_names_its_line_and_writes_nothing(requirements: Path, row: str, told: str) -> None:
    Requirement.objects.all().delete()
    path = write(requirements.parent, "more.csv", f"{requirements.read_text()}{row}\n")
    with pytest.raises(ImportRefused) as refusal:
        import_requirements(path)
    fault = describe(refusal.value.faults[0])
    assert fault.startswith("more.csv, line 4: ")
    assert told in fault
    assert not Requirement.objects.exists()


FRIDAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026-12-04", Due(on=FRIDAY)),
        ("4 Dec 2026", Due(on=FRIDAY)),
        ("Dec 4, 2026", Due(on=FRIDAY)),
        ("04.12.2026", Due(on=FRIDAY)),
        ("14 Days", Due(days=14)),
        ("1 day", Due(days=1)),
        ("1000 days for joiners", Due(days=1000)),
        ("2026-12-04, 14 days", Due(on=FRIDAY, days=14)),
        ("4 Dec 2026 and 14 days", Due(on=FRIDAY, days=14)),
        ("1001 days", None),
        ("0 days", None),
        ("soon, 14 days", None),
        ("2026-12-04, 0 days", None),
        ("04/12/2026", None),
        ("14", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, due: Due | None) -> None:
    assert parse_due(text) == due


def test_a_day_and_a_time_after_joining_can_stand_together(requirements: Path) -> None:
    replace(requirements, "30 days", '"2026-12-04, 14 days"')
    import_requirements(requirements)
    marketing = Requirement.objects.get(department__name="Marketing")
    assert terms_of(marketing) == Terms(FRIDAY, 14)


@pytest.mark.parametrize(
    "text",
    [
        "due,module,department\n30 days,price-promise,Wrenfield/Marketing\n",
        "Module;DEPARTMENT;Due date\nprice-promise;Wrenfield/Marketing;30 days\n",
        "Team\tTopic\tReady by\nWrenfield/Marketing\tprice-promise\t30 days\n",
        "department,module,due,remark\nWrenfield / marketing ,price-promise,30 days,mine\n",
        "department,module,due\nWrenfield/Marketing,price-promise,30 days,,\n",
    ],
)
def test_columns_are_found_in_any_order_and_under_other_names(
    requirements: Path, text: str
) -> None:
    path = write(requirements.parent, "theirs.csv", text)
    assert import_requirements(path).tally == unchanged(1)


def test_what_was_read_under_another_name_is_told(requirements: Path) -> None:
    path = write(
        requirements.parent, "theirs.csv", "Team,module,due,x\nWrenfield,price-promise,3 days,y\n"
    )
    assert import_requirements(path, dry_run=True).notes == (
        "“Team” is read as department.",
        "Not used: “x”.",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("department,module\nWrenfield,price-promise\n", "These columns are missing: due."),
        ("team,unit,module,due\na,b,c,d\n", "These columns are there twice: unit."),
        ("department,module,due\n", "There is no row below the column names."),
        ("department,module,due\nWrenfield,price-promise,3 days,x\n", "This row has 4 cells"),
        ("", "The file is empty."),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(requirements: Path, text: str, told: str) -> None:
    path = write(requirements.parent, "theirs.csv", text)
    with pytest.raises(ImportRefused) as refusal:
        import_requirements(path)
    assert told in describe(refusal.value.faults[0])


def test_windows_writes_it_and_it_is_read(requirements: Path) -> None:
    department = Department.objects.get(name="Marketing")
    department.name = "Märkte & Möbel"
    department.save()
    text = "Abteilung;Modul;Fällig\r\nWrenfield/Märkte & Möbel;price-promise;30 days\r\n"
    path = requirements.parent / "theirs.csv"
    path.write_bytes(text.encode("cp1252"))
    assert import_requirements(path).tally == unchanged(1)


def test_a_dry_run_tells_what_each_row_means(requirements: Path) -> None:
    replace(requirements, "2026-12-01", "2026-12-04")
    entries = import_requirements(requirements, dry_run=True).entries
    care, marketing = entries
    assert (care.kind, care.note, care.line) == ("by 2026-12-04", "3 people, 14 days", 2)
    assert (marketing.outcome, marketing.note) == (Outcome.UNCHANGED, "")


def with_row(requirements: Path, row: str) -> Path:
    return write(requirements.parent, "more.csv", f"{requirements.read_text()}{row}\n")


def test_every_row_is_listed_where_one_is_refused(requirements: Path) -> None:
    path = with_row(requirements, "Nowhere,price-promise,3 days")
    with pytest.raises(ImportRefused) as refusal:
        import_requirements(path)
    assert refusal.value.counted == "3 requirements"
    assert refusal.value.tally == Tally(unchanged=2, refused=1)


def test_what_cannot_be_brought_in_is_left_out_only_when_asked(
    requirements: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(requirements, "30 days", "14 days")
    path = with_row(requirements, "Nowhere,price-promise,3 days")
    report = import_requirements(path, skip_unsupported=True)
    assert report.tally == Tally(changed=1, unchanged=1, skipped=1)
    assert "There is no department “Nowhere”." in report.entries[2].note
    call_command("import_requirements", str(path), "--skip-unsupported", "--dry-run")
    assert "skipped  Nowhere: Price promise" in capsys.readouterr().out


def test_a_misspelt_module_is_answered_with_the_nearest(requirements: Path) -> None:
    replace(requirements, "Wrenfield/Marketing,price-promise", "Wrenfield/Marketing,price-promis")
    with pytest.raises(ImportRefused) as refusal:
        import_requirements(requirements)
    assert refusal.value.faults[0].remedy == "Did you mean “price-promise”?"


def test_what_is_exported_is_equal_when_it_comes_back(requirements: Path, tmp_path: Path) -> None:
    replace(requirements, "30 days", '"2026-12-04, 14 days"')
    import_requirements(requirements)
    before = [terms_of(each) for each in Requirement.objects.order_by("department__path")]
    path = tmp_path / "out.csv"
    call_command("export_requirements", str(path))
    assert import_requirements(path).tally == unchanged(2)
    Requirement.objects.all().delete()
    assert import_requirements(path).tally == Tally(new=2)
    assert [terms_of(each) for each in Requirement.objects.order_by("department__path")] == before


@pytest.fixture
def head(requirements: Path) -> User:
    marketing = Department.objects.get(name="Marketing")
    person: User = HeadshipFactory(department=marketing).person
    return person


def hers(requirements: Path, row: str) -> Path:
    return write(requirements.parent, "hers.csv", f"department,module,due\n{row}\n")


def test_a_head_may_bring_in_what_she_may_set(requirements: Path, head: User) -> None:
    path = hers(requirements, "Wrenfield/Marketing,price-promise,3 days")
    assert import_requirements(path, editor=head).tally == Tally(changed=1)


@pytest.mark.parametrize("department", ["Wrenfield/Customer Care", "Wrenfield", "Nowhere"])
def test_another_department_is_refused_to_a_head_whether_it_is_there_or_not(
    requirements: Path, head: User, department: str
) -> None:
    path = hers(requirements, f"{department},price-promise,3 days")
    with pytest.raises(ImportRefused) as refusal:
        import_requirements(path, editor=head)
    (fault,) = refusal.value.faults
    assert fault.message == f"You don't lead a department “{department}”."


def test_a_head_does_not_set_aside_what_is_asked_from_above(requirements: Path, head: User) -> None:
    Requirement.objects.filter(department__name="Marketing").delete()
    Requirement.objects.update(department=Department.objects.get(name="Wrenfield"))
    path = hers(requirements, "Wrenfield/Marketing,price-promise,3 days")
    with pytest.raises(ImportRefused) as refusal:
        import_requirements(path, editor=head)
    assert "is asked for by Wrenfield already." in refusal.value.faults[0].message
    administrator = PersonFactory(administrator=True)
    assert import_requirements(path, editor=administrator).tally == Tally(new=1)


def test_a_closed_module_is_not_there_for_a_head(requirements: Path, head: User) -> None:
    ModuleFactory(slug="secret-launch", live=False)
    path = hers(requirements, "Wrenfield/Marketing,secret-launch,3 days")
    with pytest.raises(ImportRefused) as refusal:
        import_requirements(path, editor=head)
    assert refusal.value.faults[0].message == "There is no module “secret-launch”."


@pytest.mark.parametrize("day", ["2001-01-01", "2199-12-31"])
def test_a_day_that_cannot_be_chosen_on_the_screen_cannot_be_brought_in(
    requirements: Path, head: User, day: str
) -> None:
    path = hers(requirements, f"Wrenfield/Marketing,price-promise,{day}")
    with pytest.raises(ImportRefused) as refusal:
        import_requirements(path, editor=head)
    assert refusal.value.faults[0].message == f"{day} can't be asked for."
    assert import_requirements(path).tally == Tally(changed=1)


def test_a_day_that_has_gone_by_may_come_back_unchanged(requirements: Path, head: User) -> None:
    Requirement.objects.update(due_on=date(2001, 1, 1))
    path = hers(requirements, "Wrenfield/Marketing,price-promise,2001-01-01")
    assert import_requirements(path, editor=head).tally == unchanged(1)


def test_the_address_of_a_module_names_it(requirements: Path) -> None:
    path = hers(requirements, "Wrenfield/Marketing,/learn/price-promise/,30 days")
    assert import_requirements(path).tally == unchanged(1)


def test_a_fault_does_not_repeat_a_whole_book(requirements: Path) -> None:
    long = "x" * 50_000
    with pytest.raises(ImportRefused) as refusal:
        import_requirements(hers(requirements, f"{long},{long},{long}"))
    assert len(str(refusal.value)) < 2_000
    assert all(len(entry.name) < 400 for entry in refusal.value.entries)


def test_a_file_of_nothing_but_faults_is_given_up_and_that_is_said(requirements: Path) -> None:
    path = hers(requirements, "\n".join(f"Nowhere {number},x,y" for number in range(5_000)))
    with pytest.raises(ImportRefused) as refusal:
        import_requirements(path)
    assert len(refusal.value.entries) == MOST_FAULTS
    assert refusal.value.notes[-1] == "After so many faults the rest wasn't looked at."
    assert refusal.value.counted == "5000 requirements"
    assert import_requirements(path, skip_unsupported=True).tally == Tally(skipped=5_000)
