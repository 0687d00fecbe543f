"""Lists as HR systems, directories and spreadsheets write them out."""

from datetime import date
from pathlib import Path

import pytest

from departments.importers.dates import is_day_number, parse_any_day
from departments.importers.people.names import closes_list, spellings, take_remark
from departments.models import Headship, Membership
from knowledge.importers.reporting import Outcome, Tally
from portal.models import User
from tests.departments.test_import_people_strangers import (
    PLAIN,
    bring,
    faults,
    heads,
    names,
    notes_of,
)
from tests.importing import unchanged

pytestmark = pytest.mark.django_db

DIRECTORY = (
    "dn,cn,givenName,sn,mail,department,title,manager,employeeNumber\n"
    '"CN=Jane Doe,OU=Sales,DC=x",Jane Doe,Jane,Doe,j@x.example,Sales,AE,'
    '"CN=Roe\\, Bob,OU=Sales,DC=x",1\n'
    '"CN=Roe\\, Bob,OU=Sales,DC=x",Bob Roe,Bob,Roe,b@x.example,Sales,VP,,2\n'
)
WORKDAY = (
    "Worker,Employee ID,Primary Work Email,Supervisory Organization,Hire Date,Worker's Manager\n"
    '"Doe, Jane (she/her)",00012,jane@x.example,Sales,2020-01-15,"Roe, Bob (00013)"\n'
    '"Roe, Bob (On Leave)",00013,bob@x.example,Sales,2019-01-15,\n'
)
POLISH = (
    "Imię;Nazwisko;Adres e-mail;Dział;Stanowisko;Data zatrudnienia;Przełożony\n"
    "Łukasz;Żółw;l@x.example;Sprzedaż;Kierownik;2020-01-01;\n"
    "Jan;Kowalski;j@x.example;Sprzedaż;Handlowiec;2021-01-01;Łukasz Żółw\n"
)
FRENCH = (
    "Prénom;Nom;Adresse e-mail professionnelle;Service;Date d’entrée;Responsable hiérarchique\n"
    "René;Côté;r@x.example;Ventes;01/02/2020;\n"
    "Zoé;Noël;z@x.example;Ventes;15/03/2021;René Côté\n"
)
PERSONIO = (
    "Personalnummer;Vorname;Nachname;E-Mail;Abteilung;Team;Einstellungsdatum;Vertragsende;"
    "Vorgesetzter;Wochenstunden\n"
    "1;Jörg;Weiß;j@x.example;Qualität;Prüfung;01.03.2020;31.12.9999;;38,5\n"
    "2;Änne;Öz;a@x.example;Qualität;Labor;01.03.2021;;Jörg Weiß;20,0\n"
)
SAP = (
    "----------------------------------------------\n"
    "|PersNr|Name     |E-Mail     |Org.Einheit|\n"
    "----------------------------------------------\n"
    "|000001|Doe, Jane|j@x.example|Vertrieb   |\n"
    "|000002|Roe, Bob |b@x.example|Vertrieb   |\n"
    "----------------------------------------------\n"
)


@pytest.mark.parametrize(
    ("text", "written", "head"),
    [
        (DIRECTORY, "utf-8", ("Bob", "Sales")),
        (WORKDAY, "utf-8", ("Bob", "Sales")),
        (POLISH, "cp1250", ("Łukasz", "Sprzedaż")),
        (FRENCH, "cp1252", ("René", "Ventes")),
        (PERSONIO, "cp1252", ("Jörg", "Qualität")),
    ],
)
def test_systems_exports_come_in_whole_with_their_head_and_again_unchanged(
    tmp_path: Path, text: str, written: str, head: tuple[str, str]
) -> None:
    assert bring(tmp_path, text, written).tally == Tally(new=2)
    assert heads() == {head}
    assert all(family for _given, family in names())
    assert bring(tmp_path, text, written).tally == unchanged(2)


def test_a_printed_table_is_read_between_its_lines(tmp_path: Path) -> None:
    assert bring(tmp_path, SAP).tally == Tally(new=2, skipped=2)
    assert names() == [("Bob", "Roe"), ("Jane", "Doe")]


def test_what_stands_in_brackets_behind_a_name_is_no_part_of_it_and_said(tmp_path: Path) -> None:
    row = '{}@x.example,"{}, Jane (she/her)",Care,\n'
    header = "Email,Name,Dept,Manager\n"
    report = bring(tmp_path, header + row.format("a", "Doe") + row.format("b", "Roe"))
    assert names() == [("Jane", "Doe"), ("Jane", "Roe")]
    assert "“(she/her)” isn't taken for a part of the name." in notes_of(report)["Jane Doe"]
    assert not [note for note in report.notes if "she/her" in note]


def test_the_number_behind_a_name_tells_namesakes_apart(tmp_path: Path) -> None:
    text = (
        "Email,Worker,Department,Manager\n"
        "a@x.example,Jane Doe (1),Care,\n"
        "b@x.example,Jane Doe (2),Sales,\n"
        "c@x.example,Cy Oak (3),Sales,Jane Doe (2)\n"
    )
    bring(tmp_path, text)
    assert heads() == {("Jane", "Sales")}
    assert User.objects.get(email="b@x.example").last_name == "Doe"
    assert Headship.objects.get().person.email == "b@x.example"


@pytest.mark.parametrize(
    "row",
    ["Total: 61,,", ",Total,61", "Generated on 2026-01-01 by Workday,,", "------,,", "61 rows"],
)
def test_what_closes_a_list_is_skipped_and_said(tmp_path: Path, row: str) -> None:
    report = bring(tmp_path, f"{PLAIN}a@x.example,Ana Lind,Care\n{row}\n")
    assert report.tally == Tally(new=1, skipped=1)
    assert report.entries[-1].note == "This is about the list, not about a person."


@pytest.mark.parametrize(
    "cells", [["Total", "a@x.example"], ["", "Page Turner", "Care"], ["Count Olaf", "", ""], [""]]
)
def test_nobody_is_taken_for_the_end_of_a_list(cells: list[str]) -> None:
    assert not closes_list(cells)


def test_a_row_of_a_department_alone_is_not_called_a_vacant_post(tmp_path: Path) -> None:
    report = bring(tmp_path, f"{PLAIN},,Sales\na@x.example,Ana Lind,\n")
    assert [entry.outcome for entry in report.entries] == [Outcome.SKIPPED, Outcome.NEW]
    assert [entry.note for entry in report.entries] == [
        "Neither a name nor an address is here.",
        "without a department",
    ]


def test_several_marks_of_byte_order_are_none_of_the_text(tmp_path: Path) -> None:
    report = bring(tmp_path, f"\ufeff\ufeff{PLAIN}a@x.example,Ana Lind,Care\n")
    assert "“Work Email” is read as email." in report.notes


def test_a_line_that_names_the_separator_is_no_hindrance(tmp_path: Path) -> None:
    text = (
        "\ufeffsep=;\r\nE-Mail;Name;Abteilung;Eintritt\r\na@x.example;Jane Doe;Care;01.02.2024\r\n"
    )
    assert bring(tmp_path, text).tally == Tally(new=1)
    assert Membership.objects.get().starts_on == date(2024, 2, 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"Work Email,Full Name,Dept"\n"a@x.example,Ana,Care"\n', "The whole row is one cell"),
        (PLAIN + "a@x.example," + "A" * 200_000 + ",Care\n", "A cell here holds more than"),
        ("PK\x03\x04 [Content_Types].xml", "This is a workbook or a document"),
        ("%PDF-1.7", "This is a PDF, and not text."),
    ],
)
def test_what_is_wrong_with_the_whole_file_is_said_so(tmp_path: Path, text: str, told: str) -> None:
    assert any(told in fault for fault in faults(tmp_path, text))


def test_a_day_as_spreadsheets_count_them_is_explained(tmp_path: Path) -> None:
    text = "Email,Name,Dept,Hire date\na@x.example,Ana Lind,Care,45123\n"
    (told,) = faults(tmp_path, text)
    assert "format the column as a date" in told


@pytest.mark.parametrize("text", ["4512", "451234", "45-123", "45123.5.6", "٤٥١٢٣"])
def test_other_figures_are_no_counted_days(text: str) -> None:
    assert not is_day_number(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12. März 2024", date(2024, 3, 12)),
        ("1er août 2024", date(2024, 8, 1)),
        ("12-Mai-24", date(2024, 5, 12)),
        ("3 dic 2024", date(2024, 12, 3)),
        ("3 juil 2024", date(2024, 7, 3)),
        ("3 jui 2024", None),
        ("3 ma 2024", None),
    ],
)
def test_months_have_names_in_other_languages_but_none_is_guessed(
    text: str, day: date | None
) -> None:
    assert parse_any_day(text, None) == day


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("Doe, Jane [C]", ("Doe, Jane", "C")),
        ("(vacant)", ("(vacant)", "")),
        ("Robert (Bob) Roe", ("Robert (Bob) Roe", "")),
        ("Jane ()", ("Jane ()", "")),
        ("Jane Doe", ("Jane Doe", "")),
    ],
)
def test_only_what_stands_behind_a_name_is_taken_off(name: str, taken: tuple[str, str]) -> None:
    assert take_remark(name) == taken


def test_a_manager_is_looked_for_as_written_first() -> None:
    assert list(spellings("Doe (7)")) == ["Doe (7)", "7", "Doe"]


def test_a_fault_does_not_repeat_a_whole_book(tmp_path: Path) -> None:
    long = "x" * 50_000
    (told, *_more) = faults(tmp_path, f"Email,Name,Dept,Hire date\n{long},{long},{long},{long}\n")
    assert len(told) < 1_000
