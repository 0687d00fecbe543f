"""Lists that nobody here wrote, each with what makes it nasty."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from departments.importers.people import import_people
from departments.models import Department, Headship, Membership
from knowledge.importers.reporting import ImportRefused, ImportReport, Outcome, Tally, describe
from portal.models import User
from tests.importing import AT, PEOPLE_HEADER, unchanged

pytestmark = pytest.mark.django_db

PLAIN = "Work Email,Full Name,Dept\n"


def listed(folder: Path, text: str, written: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(written))
    return path


def bring(folder: Path, text: str, written: str = "utf-8", **options: Any) -> ImportReport:
    return import_people(listed(folder, text, written), at=AT, **options)


def refusal(folder: Path, text: str, **options: Any) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        bring(folder, text, **options)
    assert not User.objects.exists()
    return refused.value


def faults(folder: Path, text: str, **options: Any) -> list[str]:
    return [describe(fault) for fault in refusal(folder, text, **options).faults]


def names() -> list[tuple[str, str]]:
    return list(User.objects.order_by("email").values_list("first_name", "last_name"))


def heads() -> set[tuple[str, str]]:
    return set(Headship.objects.values_list("person__first_name", "department__name"))


def notes_of(report: ImportReport) -> dict[str, str]:
    return {entry.name.partition(" <")[0]: entry.note for entry in report.entries}


def test_semicolons_and_windows_letters_are_read_and_told(tmp_path: Path) -> None:
    report = bring(
        tmp_path,
        "E-Mail;Vorname;Name;Abteilung;Eintrittsdatum\n"
        "j@x.example;Jörg;Weiß;Qualität;31.01.2024\n"
        "f@x.example;Françoise;Müller;Qualität;01.02.2024\n",
        "cp1252",
    )
    assert names() == [("Françoise", "Müller"), ("Jörg", "Weiß")]
    assert Membership.objects.get(person__first_name="Jörg").starts_on == date(2024, 1, 31)
    assert report.notes[0].startswith(
        "Read as Windows-1252, columns separated by semicolons. Where letters look wrong"
    )
    assert "“Vorname” is read as given_name." in report.notes
    assert "“Name” is read as family_name." in report.notes


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_tabs_is_read(tmp_path: Path, encoding: str) -> None:
    report = bring(tmp_path, "Email\tName\tTeam\nz@x.example\tZoë Žižka\tCare\n", encoding)
    assert names() == [("Zoë", "Žižka")]
    assert report.notes[0].startswith("Read as UTF-16")
    assert report.notes[0].endswith("columns separated by tabs.")


@pytest.mark.parametrize("encoding", ["cp850", "cp437"])
def test_an_old_dos_file_is_read_to_its_last_sign(tmp_path: Path, encoding: str) -> None:
    text = "Email;Surname;First name;Department\r\na@x.example;Käse;André;Büro\r\n\x1a"
    report = bring(tmp_path, text, encoding)
    assert names() == [("André", "Käse")]
    assert report.notes[0].startswith("Read as DOS code page 850")


def test_a_code_page_that_is_named_is_never_doubted(tmp_path: Path) -> None:
    text = PLAIN + "a@x.example,Łukasz Żak,Care\n"
    assert bring(tmp_path, text, "cp852", encoding="CP 852").tally == Tally(new=1)
    assert names() == [("Łukasz", "Żak")]


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "\0", "utf-16"])
def test_a_code_page_that_does_not_fit_is_a_fault(tmp_path: Path, encoding: str) -> None:
    assert faults(tmp_path, PLAIN + "a@x.example,Ana Lind,Care \n", encoding=encoding)


def test_columns_without_names_are_left_out(tmp_path: Path) -> None:
    report = bring(tmp_path, ",Email,,Name,Team,\n1,a@x.example,?,Ana Lind,Care,!\n")
    assert report.tally == Tally(new=1)
    assert names() == [("Ana", "Lind")]


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    report = bring(
        tmp_path, "Cost centre,Email,Name,Team,Shoe size\n4711,a@x.example,Ana Lind,Care,39\n"
    )
    assert "These columns aren't used: “Cost centre”, “Shoe size”." in report.notes


def test_the_best_of_several_columns_is_used(tmp_path: Path) -> None:
    text = "Team,Department,Hire date,Start date,Email,Name\nNight,Care,2020-01-01,2024-01-01,"
    report = bring(tmp_path, text + "a@x.example,Ana Lind\n")
    membership = Membership.objects.get()
    assert (membership.department.name, membership.starts_on) == ("Care", date(2024, 1, 1))
    assert "These columns aren't used: “Team”, “Hire date”." in report.notes


def test_repeated_numbers_lose_nobody_and_are_told(tmp_path: Path) -> None:
    report = bring(
        tmp_path,
        "Employee ID,Email,Name,Department,Manager ID\n"
        "7,a@x.example,Ana Lind,Care,\n7,b@x.example,Bo Marsh,Care,\n8,c@x.example,Cy Oak,Care,7\n",
    )
    assert report.tally == Tally(new=3)
    assert "The number “7” stands in lines 2, 3." in report.notes
    assert "More than one person is “7”: the manager is left out." in notes_of(report)["Cy Oak"]


@pytest.mark.parametrize(
    "row",
    [
        ",Vacant,Care",
        "TBC,TBC,Care",
        "N/A,,Care",
        "vacant@x.example,VACANT – Adviser,Care",
        ",To be hired,Care",
        "-,N.N.,Care",
    ],
)
def test_vacant_posts_are_skipped_and_said(tmp_path: Path, row: str) -> None:
    report = bring(tmp_path, PLAIN + "a@x.example,Ana Lind,Care\n" + row + "\n")
    assert report.tally == Tally(new=1, skipped=1)
    (entry,) = [entry for entry in report.entries if entry.outcome is Outcome.SKIPPED]
    assert (entry.note, entry.line) == ("The post is vacant.", 3)


def test_somebody_without_an_address_is_not_taken_for_a_vacant_post(tmp_path: Path) -> None:
    assert faults(tmp_path, PLAIN + ",Ana Lind,Care\n")[0].startswith(
        "list.csv, line 2: There is no e-mail address. Write the one at work"
    )


MANAGED = "Email,Name,Department,Reports to\n"


def test_whoever_manages_herself_is_the_top(tmp_path: Path) -> None:
    text = MANAGED + "a@x.example,Ana Lind,Care,a@x.example\nb@x.example,Bo Oak,Care,Lind, Ana\n"
    report = bring(tmp_path, text.replace("Lind, Ana\n", '"Lind, Ana"\n'))
    assert heads() == {("Ana", "Care")}
    assert "their own manager, and so stands at the top" in notes_of(report)["Ana Lind"]
    assert report.entries[0].kind == "head of Care"
    assert report.entries[1].kind == "a colleague"


def test_a_circle_of_managers_loses_nobody_and_is_told(tmp_path: Path) -> None:
    report = bring(
        tmp_path,
        MANAGED + "a@x.example,Ana Lind,Care,b@x.example\nb@x.example,Bo Oak,Care,c@x.example\n"
        "c@x.example,Cy Fir,Care,a@x.example\nd@x.example,Di Elm,Care,c@x.example\n",
    )
    assert report.tally == Tally(new=4)
    told = "The managers of lines 2 → 3 → 4 → 2 lead back to themselves: these are left out."
    assert told in report.notes
    assert {name for name, note in notes_of(report).items() if told in note} == {
        "Ana Lind",
        "Bo Oak",
        "Cy Fir",
    }


@pytest.mark.parametrize("root", ["XX", "", "N/A", "0", "-", "none"])
def test_a_root_that_reports_to_nobody_is_the_top(tmp_path: Path, root: str) -> None:
    text = f"ID,Email,Name,Department,Supervisor ID\n1,a@x.example,Ana Lind,Care,{root}\n"
    report = bring(tmp_path, text + "2,b@x.example,Bo Oak,Care,1\n3,c@x.example,Cy Fir,Care,2\n")
    assert heads() == {("Ana", "Care")}
    assert notes_of(report)["Ana Lind"] == "Care, from today"
    assert "No column gives roles, so “Supervisor ID” tells who leads: 1 head." in report.notes


def test_nobody_leads_where_two_are_alike(tmp_path: Path) -> None:
    text = MANAGED + "a@x.example,Ana A,Care,\nb@x.example,Bo B,Care,\n"
    bring(tmp_path, text + "c@x.example,Cy C,Care,Ana A\nd@x.example,Di D,Care,Bo B\n")
    assert heads() == set()


def test_a_manager_in_another_department_leads_only_her_own(tmp_path: Path) -> None:
    text = MANAGED + "a@x.example,Ana A,Board,XX\nb@x.example,Bo B,Care,Ana A\n"
    bring(tmp_path, text + "c@x.example,Cy C,Care,Bo B\nd@x.example,Di D,Care,Ana A\n")
    assert heads() == {("Bo", "Care")}


@pytest.mark.parametrize(
    ("manager", "told"),
    [
        ("Vacant", "The manager's post is vacant"),
        ("9", "The manager's post is vacant"),
        ("Zoë Nobody", "The manager “Zoë Nobody” isn't among those who come in"),
    ],
)
def test_a_manager_who_is_not_there_is_left_out_and_said(
    tmp_path: Path, manager: str, told: str
) -> None:
    text = "ID,Email,Name,Department,Manager\n9,,Vacant,Care,\n"
    report = bring(tmp_path, f"{text}1,a@x.example,Ana Lind,Care,{manager}\n")
    assert told in notes_of(report)["Ana Lind"]


def test_a_second_time_nothing_changes_on_another_day(tmp_path: Path) -> None:
    path = listed(tmp_path, MANAGED + "a@x.example,Ana A,Care,XX\nb@x.example,Bo B,Care,Ana A\n")
    import_people(path, at=AT)
    later = AT.replace(year=2027)
    assert import_people(path, at=later).tally == unchanged(2)


def test_what_a_list_does_not_speak_of_stays(tmp_path: Path) -> None:
    row = "a@x.example,Ana,Lind,Care,Adviser,head,2024-03-01,2027-12-31,2026-12-01,,Marketing\n"
    bring(tmp_path, PEOPLE_HEADER + row)
    assert bring(tmp_path, PLAIN + "a@x.example,Ana Lind,Care\n").tally == unchanged(1)
    assert heads() == {("Ana", "Care")}
    assert User.objects.get().groups.get().name == "Marketing"


def test_whoever_moves_by_a_list_without_dates_moves_today_and_leads_no_more(
    tmp_path: Path,
) -> None:
    bring(tmp_path, PEOPLE_HEADER + "a@x.example,Ana,Lind,Care,,head,2024-03-01,,,,\n")
    bring(tmp_path, PLAIN + "a@x.example,Ana Lind,Sales\n")
    old, new = Membership.objects.order_by("starts_on")
    assert (old.ends_on, new.starts_on) == (date(2026, 11, 19), AT.date())
    assert Headship.objects.get().ends_on == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ('"Doe, Jane"', ("Jane", "Doe")),
        ("Jane van der Berg", ("Jane", "van der Berg")),
        ("Jane Mary Doe", ("Jane Mary", "Doe")),
        ("Suharto", ("Suharto", "")),
        ('"Doe, "', ("Doe", "")),
    ],
)
def test_full_names_are_split(tmp_path: Path, name: str, split: tuple[str, str]) -> None:
    bring(tmp_path, f"{PLAIN}j@x.example,{name},Care\n")
    assert names() == [split]


def test_ragged_rows_and_separators_at_their_end_are_read(tmp_path: Path) -> None:
    text = "Email;Name;Team;Title;;\na@x.example;Ana Lind;Care;Adviser;;;;\nb@x.example;Bo Oak;Care"
    assert bring(tmp_path, text).tally == Tally(new=2)


def test_a_cell_too_many_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, PLAIN + "a@x.example,Ana Lind,Care,Night\n")
    assert fault.startswith("list.csv, line 2: This row has 4 cells; the first row has 3.")


def test_a_title_above_the_column_names_is_no_hindrance(tmp_path: Path) -> None:
    text = "Headcount; Q3\nmade by HR; confidential\n\n" + PLAIN.replace(",", ";")
    report = bring(tmp_path, text + "a@x.example;Ana Lind;Care\n")
    assert report.tally == Tally(new=1)
    assert "Line 4 names the columns; what stands above it isn't used." in report.notes


def test_quotes_may_hold_line_breaks_and_separators(tmp_path: Path) -> None:
    text = 'Email,Name,Team,Title\na@x.example,"Lind,\nAna",Care,"Adviser ""nights"", \n2nd line"\n'
    bring(tmp_path, text + "b@,Bo Oak,Care,\n", skip_unsupported=True)
    assert names() == [("Ana", "Lind")]
    assert Membership.objects.get().title == 'Adviser "nights", 2nd line'


def test_one_address_in_other_capitals_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, PLAIN + "A@x.example,Ana Lind,Care\na@X.example,Ana Lind,Care\n")
    assert fault == (
        "list.csv, line 3: “a@x.example” is in line 2 already. Keep one row for each person."
    )


def test_column_names_that_come_again_are_skipped(tmp_path: Path) -> None:
    report = bring(tmp_path, f"{PLAIN}a@x.example,Ana Lind,Care\n{PLAIN}b@x.example,Bo Oak,Care\n")
    assert report.tally == Tally(new=2, skipped=1)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Name,Team", "No column holds e-mail addresses. Name one “email”"),
        ("Email,Team", "No column holds names. Name it “Full name”"),
        ("Email,Name", "No column holds departments. Name one “department”, or put everybody"),
        ("Email,Name,Team,e-mail", "These columns are there twice: “e-mail”. Keep one"),
        ("a,b,c", "No column holds e-mail addresses."),
    ],
)
def test_a_column_that_is_needed_is_asked_for(tmp_path: Path, header: str, told: str) -> None:
    assert any(told in fault for fault in faults(tmp_path, f"{header}\nx,y,z,w\n"))


def test_everybody_can_be_put_into_one_department(tmp_path: Path) -> None:
    text = "Email,Name,Manager\na@x.example,Ana A,XX\nb@x.example,Bo B,Ana A\n"
    bring(tmp_path, text, department="Wrenfield")
    assert heads() == {("Ana", "Wrenfield")}
    assert Department.objects.get().name == "Wrenfield"


DATED = "Email,Name,Department,Hire Date,Termination Date\n"


def test_one_date_proves_the_order_of_all(tmp_path: Path) -> None:
    text = DATED + "a@x.example,A A,Care,02/03/2024,\nb@x.example,B B,Care,01/02/2024,31/01/2025\n"
    bring(tmp_path, text)
    assert Membership.objects.get(person__email="a@x.example").starts_on == date(2024, 3, 2)


def test_dates_that_nothing_decides_are_a_fault_until_somebody_does(tmp_path: Path) -> None:
    text = DATED + "a@x.example,A A,Care,02/03/2024,\n"
    (fault,) = faults(tmp_path, text)
    assert fault.startswith("list.csv: “02/03/2024” can be two days, and no other date in the file")
    bring(tmp_path, text, date_order="mdy")
    assert Membership.objects.get().starts_on == date(2024, 2, 3)


def test_dates_in_two_orders_are_a_fault(tmp_path: Path) -> None:
    text = DATED + "a@x.example,A A,Care,31/01/2024,\nb@x.example,B B,Care,01/31/2024,\n"
    (fault,) = faults(tmp_path, text)
    assert "“31/01/2024” begins with the day, “01/31/2024” with the month." in fault


@pytest.mark.parametrize("never", ["", "31.12.9999", "9999-12-31 00:00:00", "N/A", "0000-00-00"])
def test_no_last_day_is_written_in_many_ways(tmp_path: Path, never: str) -> None:
    bring(tmp_path, f"{DATED}a@x.example,Ana Lind,Care,2024-01-31 00:00:00,{never}\n")
    membership = Membership.objects.get()
    assert (membership.starts_on, membership.ends_on) == (date(2024, 1, 31), None)


def test_a_role_that_is_the_job_is_read_as_the_title(tmp_path: Path) -> None:
    report = bring(tmp_path, "Email,Name,Team,Role\na@x.example,Ana Lind,Care,Adviser\n")
    assert Membership.objects.get().title == "Adviser"
    assert "“Role” is read as title." in report.notes


def test_a_refused_list_still_tells_every_row(tmp_path: Path) -> None:
    text = PLAIN + "a@x.example,Ana Lind,Care\nb@,Bo Oak,Care\n,Vacant,Care\n"
    refused = refusal(tmp_path, text)
    assert refused.tally == Tally(new=1, skipped=1, refused=1)
    assert refused.counted == "3 people"
    assert refused.entries[1].note == (
        "“b@” is not an e-mail address. Write it like mara.quillfeather@wrenfield.example."
    )
    assert "“Dept” is read as department." in refused.notes


def test_rows_with_faults_can_be_left_out_and_are_said(tmp_path: Path) -> None:
    text = PLAIN + "a@x.example,Ana Lind,Care\nb@,Bo Oak,Nowhere\n"
    report = bring(tmp_path, text, skip_unsupported=True)
    assert report.tally == Tally(new=1, skipped=1)
    assert report.entries[1].note.startswith("“b@” is not an e-mail address.")
    assert [department.name for department in Department.objects.all()] == ["Care"]


def test_a_file_that_is_no_table_is_refused_even_when_rows_may_be_left_out(tmp_path: Path) -> None:
    assert faults(tmp_path, 'Email,Name,Team\na@x.example,"Ana,Care\n', skip_unsupported=True)
