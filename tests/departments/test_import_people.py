from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from departments.importers.people import import_people
from departments.importers.people.lines import RowFaults
from departments.importers.people.reading import PeopleFile, Reading, parse_people
from departments.importers.people.tables import text_table
from departments.importers.spells import Overlap, Spell, settle
from departments.models import Department, Headship, Membership
from knowledge.importers.encodings import Decoded
from knowledge.importers.reporting import FaultList, ImportRefused, ImportReport, Tally, describe
from portal.models import User
from tests.importing import AT, EXAMPLES, PEOPLE_HEADER, demo_files, unchanged, write

ROW = "ana@x.example,Ana,Lind,{department},Adviser,{role},{starts_on},{ends_on},,,{groups}\n"


def people(folder: Path, *rows: str) -> Path:
    return write(folder, "people.csv", PEOPLE_HEADER + "".join(rows))


def ana(
    department: str = "W/Care",
    role: str = "",
    starts_on: str = "2024-03-01",
    ends_on: str = "",
    groups: str = "",
) -> str:
    return ROW.format(
        department=department, role=role, starts_on=starts_on, ends_on=ends_on, groups=groups
    )


def bring(folder: Path, *rows: str, at: datetime = AT) -> ImportReport:
    return import_people(people(folder, *rows), at=at)


def refused(folder: Path, *rows: str) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        bring(folder, *rows)
    return [describe(fault) for fault in refusal.value.faults]


def spells() -> list[tuple[str, date, date | None]]:
    rows = Membership.objects.order_by("starts_on").select_related("department")
    return [(row.department.name, row.starts_on, row.ends_on) for row in rows]


@pytest.mark.django_db
def test_the_examples_come_in_and_a_second_time_change_nothing() -> None:
    path = EXAMPLES / "people.csv"
    assert import_people(path, at=AT).tally == Tally(new=5)
    assert import_people(path, at=AT).tally == unchanged(5)


@pytest.mark.django_db
def test_the_demo_comes_in_whole_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    path = demo_files(tmp_path) / "people.csv"
    count = import_people(path, at=AT).tally.new
    assert import_people(path, at=AT).tally == unchanged(count)
    assert User.objects.count() == count


@pytest.mark.django_db
def test_a_dry_run_lists_new_departments_and_writes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("import_people", str(EXAMPLES / "people.csv"), "--dry-run")
    told = capsys.readouterr().out
    assert "new  Ada Fernsby <ada.fernsby@wrenfield.example>" in told
    assert "New department: Wrenfield/Customer Care" in told
    assert told.splitlines()[-1] == "5 people: 5 new, 0 changed, 0 unchanged, 0 skipped, 0 refused."
    assert not User.objects.exists()
    assert not Department.objects.exists()


@pytest.mark.django_db
def test_new_people_have_no_password_and_are_no_administrators(tmp_path: Path) -> None:
    bring(tmp_path, ana(groups="Marketing;Leaders"))
    person = User.objects.get()
    assert not person.has_usable_password()
    assert not person.is_staff
    assert not person.is_superuser
    assert {group.name for group in person.groups.all()} == {"Marketing", "Leaders"}


@pytest.mark.django_db
def test_groups_are_brought_to_the_state_of_the_file_and_others_stay(tmp_path: Path) -> None:
    bring(tmp_path, ana(groups="Marketing"))
    User.objects.get().groups.add(Group.objects.create(name="Readers"))
    bring(tmp_path, ana(groups="Leaders"))
    assert {group.name for group in User.objects.get().groups.all()} == {"Leaders", "Readers"}


@pytest.mark.django_db
def test_an_email_is_the_same_in_capitals(tmp_path: Path) -> None:
    bring(tmp_path, ana())
    assert bring(tmp_path, ana().replace("ana@x", "ANA@X")).tally == unchanged(1)


@pytest.mark.django_db
def test_a_department_is_the_same_in_capitals(tmp_path: Path) -> None:
    bring(tmp_path, ana())
    assert bring(tmp_path, ana(department="w/care")).tally == unchanged(1)


@pytest.mark.django_db
def test_people_who_are_not_in_the_file_are_left_alone(tmp_path: Path) -> None:
    bring(tmp_path, ana(role="head", groups="Leaders"))
    bring(tmp_path, ana().replace("ana@", "bo@"))
    assert User.objects.count() == 2
    assert Headship.objects.get().ends_on is None


@pytest.mark.django_db
def test_a_name_and_a_title_are_corrected(tmp_path: Path) -> None:
    bring(tmp_path, ana())
    report = bring(tmp_path, ana().replace("Lind,", "Lund,").replace("Adviser", "Lead"))
    assert report.tally == Tally(changed=1)
    assert User.objects.get().last_name == "Lund"
    assert Membership.objects.get().title == "Lead"


@pytest.mark.django_db
def test_all_that_a_row_says_of_a_time_is_corrected(tmp_path: Path) -> None:
    bring(tmp_path, ana())
    later = ana(department="W/Sales", starts_on="2024-02-01", ends_on="2027-01-31")
    dates = "2027-01-31,2026-12-01,2026-12-24,"
    bring(tmp_path, later.replace("2027-01-31,,,", dates).replace("Adviser", "Lead"))
    membership = Membership.objects.get()
    assert (membership.department.name, membership.title) == ("Sales", "Lead")
    assert (membership.starts_on, membership.ends_on) == (date(2024, 2, 1), date(2027, 1, 31))
    assert (membership.leave_from, membership.leave_to) == (date(2026, 12, 1), date(2026, 12, 24))


@pytest.mark.django_db
def test_who_moves_leaves_the_old_department_the_day_before(tmp_path: Path) -> None:
    bring(tmp_path, ana())
    bring(tmp_path, ana(department="W/Sales", starts_on="2026-05-01"))
    assert spells() == [
        ("Care", date(2024, 3, 1), date(2026, 4, 30)),
        ("Sales", date(2026, 5, 1), None),
    ]


@pytest.mark.django_db
def test_another_department_from_the_same_day_is_a_correction(tmp_path: Path) -> None:
    bring(tmp_path, ana())
    bring(tmp_path, ana(department="W/Sales"))
    assert spells() == [("Sales", date(2024, 3, 1), None)]


@pytest.mark.django_db
def test_an_old_file_cannot_undo_a_move(tmp_path: Path) -> None:
    bring(tmp_path, ana())
    bring(tmp_path, ana(department="W/Sales", starts_on="2026-05-01"))
    (fault,) = refused(tmp_path, ana())
    assert fault.startswith(
        "people.csv, line 2: “starts_on” lies before the end of an earlier time"
    )
    assert fault.endswith("Write a later “starts_on”, or end the earlier time by hand first.")


@pytest.mark.django_db
def test_who_has_no_department_any_more_left_it_yesterday(tmp_path: Path) -> None:
    bring(tmp_path, ana(role="head"))
    without = "ana@x.example,Ana,Lind,,,,,,,,\n"
    assert bring(tmp_path, without).tally == Tally(left=1)
    yesterday = AT.date() - timedelta(days=1)
    assert Membership.objects.get().ends_on == yesterday
    assert Headship.objects.get().ends_on == yesterday
    assert bring(tmp_path, without, at=AT + timedelta(days=9)).tally == unchanged(1)


@pytest.mark.django_db
def test_a_role_that_is_taken_away_ends_and_can_come_back(tmp_path: Path) -> None:
    bring(tmp_path, ana(role="head"))
    bring(tmp_path, ana())
    assert Headship.objects.get().ends_on == AT.date() - timedelta(days=1)
    bring(tmp_path, ana(role="head"))
    assert Headship.objects.get().ends_on is None


@pytest.mark.django_db
def test_who_leads_until_a_move_to_come_keeps_the_role_until_the_day_before(tmp_path: Path) -> None:
    bring(tmp_path, ana(role="head"))
    move = ana(department="W/Sales", starts_on="2027-02-01")
    bring(tmp_path, move)
    assert Headship.objects.get().ends_on == date(2027, 1, 31)
    assert bring(tmp_path, move, at=AT + timedelta(days=9)).tally == unchanged(1)
    assert bring(tmp_path, move, at=AT + timedelta(days=99)).tally == unchanged(1)


@pytest.mark.django_db
def test_a_role_in_another_department_given_by_hand_stays(tmp_path: Path) -> None:
    bring(tmp_path, ana(), ana(department="W/Sales").replace("ana@", "bo@"))
    sales = Department.objects.get(name="Sales")
    person = User.objects.get(email="ana@x.example")
    Headship.objects.create(person=person, department=sales, starts_on=date(2025, 1, 1))
    assert bring(tmp_path, ana()).tally == unchanged(1)
    assert Headship.objects.get().ends_on is None


@pytest.mark.django_db
def test_queries_do_not_grow_with_people(tmp_path: Path) -> None:
    def row(number: int, title: str) -> str:
        name = f"p{number}@x.example,A,B{number},W/D{number % 5},{title},"
        return f"{name}{'head' if number < 5 else ''},2024-01-01,,,,Leaders\n"

    def queries(first: int, count: int, title: str = "x") -> int:
        rows = [row(number, title) for number in range(first, first + count)]
        with CaptureQueriesContext(connection) as captured:
            bring(tmp_path, *rows)
        return len(captured)

    # Of people who are new, who have another title, and of whom nothing is different. PostgreSQL
    # has locks of its own, and is sent new rows as a copy.
    of = {"sqlite": (15, 14, 8), "postgresql": (18, 19, 12)}
    new, changed, same = of[connection.vendor]
    queries(0, 5)
    assert queries(5, 5) == queries(10, 300) == new
    assert queries(5, 5, "y") == queries(10, 300, "y") == changed
    assert queries(5, 5, "y") == queries(10, 300, "y") == same


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "told"),
    [
        (ana().replace("ana@x.example", "ana"), "“ana” is not an e-mail address. Write it like"),
        (ana().replace("Ana,Lind", " ,"), "There is no name. Write the name that colleagues know."),
        (ana(starts_on="31.02.2026"), "“31.02.2026” is not a date. Write it like 2026-02-28."),
        (ana(starts_on="2026-02-31"), "“2026-02-31” is not a date."),
        (ana(ends_on="2023-01-01"), "“ends_on” is before “starts_on”. The last day"),
        (ana(department="W//Care"), "The department “W//Care” has an empty part. Write it like"),
        (ana(department=""), "Without a department there can't be: starts_on. Write"),
        (ana(role="boss"), "“boss” is not a role. Leave it empty, or write head or deputy."),
        (ana(groups="Administrators"), "“Administrators” is not a group that a file can give."),
        (ana(groups="marketing"), "“marketing” is not a group that a file can give."),
        (ana(department="W/" + "x" * 101), "is too long. 100 letters are the most."),
        (ana() + ana(), "“ana@x.example” is in line 4 already. Keep one row"),
        (ana().replace(",,,\n", ",,2024-05-01,\n"), "a last day of leave but no first. Write"),
        (ana().replace(",,,\n", ",2024-05-02,2024-05-01,\n"), "is before “leave_from”. The last"),
        (ana().replace(",Adviser", ",Adviser, evenings"), "has 12 cells; the first row has 11."),
        (ana().replace("Adviser", '"Adviser'), "The quotes in this row don't match"),
    ],
)
def test_a_fault_names_its_line_and_writes_nothing(tmp_path: Path, row: str, told: str) -> None:
    faults = refused(tmp_path, ana().replace("ana@", "bo@").replace("\n", "\n\n"), row)
    assert any(told in fault for fault in faults)
    assert all(fault.startswith("people.csv, line ") for fault in faults)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_lines_are_counted_as_an_editor_shows_them(tmp_path: Path) -> None:
    two_lines = ana().replace("Adviser", '"Adviser\nevenings"')
    assert refused(tmp_path, two_lines, "\n", ana(role="boss").replace("ana@", "bo@")) == [
        "people.csv, line 5: “boss” is not a role. Leave it empty, or write head or deputy."
    ]


@pytest.mark.django_db
def test_a_spreadsheet_with_byte_order_mark_and_semicolons_is_read(tmp_path: Path) -> None:
    text = (PEOPLE_HEADER + ana()).replace(",", ";").replace("\n", "\r\n")
    path = tmp_path / "people.csv"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert import_people(path, at=AT).tally == Tally(new=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty."),
        (PEOPLE_HEADER.encode(), "There is no row below the column names."),
        (b"\x00\x01", "There is a sign here that can't be shown (code 0)."),
        (b"email\nJos\xc3\xa9\nJos\xc3\xa9 \xff", "line 3: This isn't text in UTF-8."),
        (b"email\n\xfe\xff\x80\x9d", "It can't be told in which code page this is written."),
        ("email".encode("utf-16"), "people.csv, line 1: No column holds names."),
    ],
)
def test_a_file_that_is_no_table_is_a_fault_and_no_crash(
    tmp_path: Path, data: bytes, told: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(data)
    with pytest.raises(ImportRefused) as refusal:
        import_people(path)
    assert told in str(refusal.value)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["missing.csv", "", "\0"])
def test_a_file_that_is_not_there_is_a_fault_and_no_crash(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImportRefused, match="The file can't be read"):
        import_people(tmp_path / name)


def parsed(text: str, faults: FaultList) -> tuple[PeopleFile, RowFaults]:
    rows = RowFaults("people.csv")
    table = text_table(Decoded(text, "UTF-8"), faults)
    return parse_people(table, Reading(), faults, rows), rows


@given(st.text())
def test_no_text_makes_the_reader_raise(text: str) -> None:
    faults = FaultList("people.csv")
    file, _rows = parsed(text, faults)
    assert file.people or faults.faults


@given(st.lists(st.text(st.characters(exclude_characters='",;\t\r\n|')), min_size=11, max_size=11))
def test_no_row_makes_the_reader_raise(cells: list[str]) -> None:
    faults = FaultList("people.csv")
    file, rows = parsed(PEOPLE_HEADER + ",".join(cells), faults)
    assert len(file.people) == 1 or faults.faults
    assert all(fault.remedy for fault in [*faults.faults, *rows.all])


DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))
WANTED = st.builds(
    lambda department, starts_on, length: Spell(
        (department,), starts_on, starts_on + timedelta(days=length) if length else None, None
    ),
    st.sampled_from("ab"),
    DAYS,
    st.integers(0, 20),
)


def settled(wanted: list[Spell[None] | None], last_day: date) -> list[Spell[None]]:
    """What is stored after these states came in one after the other."""
    stored: dict[int | None, Spell[None]] = {}
    for state in wanted:
        try:
            written = settle(list(stored.values()), state, last_day=last_day)
        except Overlap:
            continue
        for spell in written:
            pk = spell.pk or len(stored) + 1
            stored[pk] = Spell(spell.department, spell.starts_on, spell.ends_on, None, pk)
        assert settle(list(stored.values()), state, last_day=last_day) == []
    return sorted(stored.values(), key=lambda spell: spell.starts_on)


@given(st.lists(st.none() | WANTED, max_size=6), DAYS)
def test_times_never_overlap_and_a_second_run_changes_nothing(
    wanted: list[Spell[None] | None], last_day: date
) -> None:
    rows = settled(wanted, last_day)
    for earlier, later in pairwise(rows):
        assert earlier.ends_on is not None
        assert earlier.ends_on < later.starts_on
