"""A list of everybody: who is gone from it has left. And a list that is read on schedule."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from departments.importers.people import import_people
from departments.models import (
    AuditLine,
    Department,
    Headship,
    Membership,
    PastMembership,
)
from departments.reports.audit import in_words
from knowledge.importers.reporting import ImportReport, Outcome, Tally
from knowledge.importers.workbooks import workbook
from knowledge.models import ImportRun
from portal.models import User
from tests.departments.rosters import (
    A_DAY,
    TODAY,
    YESTERDAY,
    bring,
    company,
    listed,
    refused,
    row,
)
from tests.factories import PersonFactory
from tests.importing import AT, PEOPLE_HEADER, unchanged, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def test_who_is_not_in_a_list_of_everybody_has_left_and_is_named(tmp_path: Path) -> None:
    rows = company(tmp_path)
    report = bring(tmp_path, *rows[1:], is_everybody=True, dry_run=True)
    left = [entry for entry in report.entries if entry.outcome is Outcome.LEFT]
    assert [(entry.name, entry.kind) for entry in left] == [("Ana L0 <p00@x.example>", "W/Care")]
    assert report.counted == "19 rows in the file; 1 person isn’t in it"
    assert left[0].note == f"isn’t in the file: last day {YESTERDAY:%-d %B %Y}"
    assert not Membership.objects.exclude(ends_on=None).exists()

    assert bring(tmp_path, *rows[1:], is_everybody=True).tally == Tally(left=1, unchanged=19)
    gone = Membership.objects.get(person__email="p00@x.example")
    assert (gone.ends_on, gone.known_from) == (YESTERDAY, TODAY)
    assert PastMembership.objects.get(membership_id=gone.pk).ends_on is None
    line = AuditLine.objects.filter(kind=AuditLine.Kind.LEFT).get()
    assert (line.person_id, line.after["day"]) == (gone.person_id, YESTERDAY.isoformat())
    assert bring(tmp_path, *rows[1:], is_everybody=True).tally == unchanged(19)


def test_nobody_leaves_by_a_list_that_is_not_everybody(tmp_path: Path) -> None:
    rows = company(tmp_path)
    assert bring(tmp_path, rows[0]).tally == unchanged(1)


def test_more_than_a_tenth_leave_only_by_their_number(tmp_path: Path) -> None:
    rows = company(tmp_path)
    assert bring(tmp_path, *rows[2:], is_everybody=True, dry_run=True).tally.left == 2
    told = refused(tmp_path, *rows[3:], is_everybody=True)
    assert "3 of 20 people would leave: more than a tenth." in told
    told = refused(tmp_path, *rows[3:], is_everybody=True, leavers=2)
    assert "You said that 2 leave; by this file it is 3." in told
    assert bring(tmp_path, *rows[3:], is_everybody=True, leavers=3).tally.left == 3


def test_a_row_without_an_address_makes_nobody_leave(tmp_path: Path) -> None:
    rows = company(tmp_path)
    torn = rows[0].replace("p00@x.example", "p00")
    told = refused(tmp_path, torn, *rows[1:], is_everybody=True, skip_unsupported=True)
    assert "it can't be told who has left" in told


def test_who_begins_today_or_later_is_not_left_without_a_trace(tmp_path: Path) -> None:
    rows = company(tmp_path)
    today = row(50).replace("2024-03-01", TODAY.isoformat())
    later = row(51).replace("2024-03-01", (TODAY + A_DAY).isoformat())
    bring(tmp_path, today, later)
    report = bring(tmp_path, *rows, is_everybody=True)
    assert report.tally == Tally(left=1, unchanged=20)
    assert Membership.objects.get(person__email="p50@x.example").ends_on == TODAY
    assert bring(tmp_path, *rows, is_everybody=True).tally == unchanged(20)


def test_a_leaver_is_out_everywhere_and_leads_nothing(tmp_path: Path) -> None:
    rows = company(tmp_path)
    person = User.objects.get(email="p00@x.example")
    other = Department.objects.get(name="W").add_child(name="Sales")
    Membership.objects.create(person=person, department=other, is_home=False, starts_on=YESTERDAY)
    Membership.objects.create(
        person=person, department=other, is_home=False, starts_on=TODAY + A_DAY
    )
    Headship.objects.create(person=person, department=other, starts_on=TODAY - 30 * A_DAY)
    bring(tmp_path, *rows[1:], is_everybody=True)
    assert {each.ends_on for each in person.memberships.all()} == {YESTERDAY}
    assert Headship.objects.get().ends_on == YESTERDAY
    assert person.has_gone()


@pytest.mark.parametrize("is_everybody", [True, False])
def test_a_leaver_is_out_at_the_next_click(
    tmp_path: Path, client: Client, portal_site: None, is_everybody: bool
) -> None:
    rows = [*company(tmp_path)[1:], row(0, role="head")]
    bring(tmp_path, *rows)
    head = User.objects.get(email="p00@x.example")
    client.force_login(head)
    team = reverse("departments:team-detail", args=[Department.objects.get(name="Care").pk])
    assert client.get(team).status_code == 200
    gone = [] if is_everybody else [row(0, role="head", more=YESTERDAY.isoformat())]
    bring(tmp_path, *rows[:-1], *gone, is_everybody=is_everybody)
    answer = client.get(team)
    assert (answer.status_code, answer.headers["Location"][:16]) == (302, "/accounts/login/")


def test_a_head_who_moves_loses_the_team_at_the_next_click(
    tmp_path: Path, client: Client, portal_site: None
) -> None:
    bring(tmp_path, row(0, role="deputy"), row(1, "W/Sales"))
    client.force_login(User.objects.get(email="p00@x.example"))
    team = reverse("departments:team-detail", args=[Department.objects.get(name="Care").pk])
    assert client.get(team).status_code == 200
    report = bring(tmp_path, row(0, "W/Sales").replace("2024-03-01", TODAY.isoformat()))
    assert report.tally == Tally(moved=1)
    kinds = list(AuditLine.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["joined", "headed", "joined", "moved", "headed"]
    named, ended = AuditLine.objects.filter(kind="headed").order_by("pk")
    assert in_words(named.after, str).startswith("Deputy, in Care")
    assert in_words(ended.before, str).startswith("Deputy, in Care")
    assert client.get(team).status_code == 404


def test_a_second_department_comes_goes_and_goes_out_as_it_came(tmp_path: Path) -> None:
    header = PEOPLE_HEADER.replace("\n", ",level,also_in\n")
    line = "p@x.example,Ana,Lind,W/Care,Adviser,,2024-03-01,,,,,lead,{}\n"

    def told(others: str) -> ImportReport:
        path = write(tmp_path, "people.csv", header + line.format(others))
        return import_people(path, at=AT)

    assert told(r"W/Sales; W/Shops").tally == Tally(new=1)
    assert told("W/Shops;W/Sales").tally == unchanged(1)
    call_command("export_people", str(tmp_path / "out.csv"))
    assert import_people(tmp_path / "out.csv", at=AT).tally == unchanged(1)
    assert told("W/Sales").tally == Tally(changed=1)
    stays = Membership.objects.filter(ends_on=None).order_by("is_home")
    assert [(each.department.name, each.is_home, each.level) for each in stays] == [
        ("Sales", False, "lead"),
        ("Care", True, "lead"),
    ]
    assert bring(tmp_path, line.format("").replace(",lead,", "")).tally == unchanged(1)


def test_a_second_department_that_becomes_her_own_does_so(tmp_path: Path) -> None:
    header = PEOPLE_HEADER.replace("\n", ",also_in\n")
    line = "p@x.example,Ana,Lind,{},Adviser,,2024-03-01,,,,,{}\n"
    for own, other in (("W/Care", "W/Sales"), ("W/Sales", "W/Care"), ("W/Sales", "")):
        path = write(tmp_path, "people.csv", header + line.format(own, other))
        import_people(path, at=AT)
        assert import_people(path, at=AT).tally == unchanged(1)
    assert Membership.objects.get(is_home=True).department.name == "Sales"


def test_nobody_comes_into_a_department_that_is_closed(tmp_path: Path) -> None:
    bring(tmp_path, row(0), row(1, "W/Sales"))
    sales = Department.objects.get(name="Sales")
    Department.objects.filter(name="Care").update(closed_on=YESTERDAY, merged_into=sales)
    told = refused(tmp_path, row(2))
    assert f"“W/Care” is closed since {YESTERDAY.isoformat()}." in told
    assert "It belongs to “W/Sales” now: write that." in told
    assert bring(tmp_path, row(0), row(1, "W/Sales")).tally == unchanged(2)


def test_a_workbook_says_the_same_as_a_table(tmp_path: Path) -> None:
    rows = [PEOPLE_HEADER, row(0), row(1, role="head")]
    path = tmp_path / "people.xlsx"
    path.write_bytes(workbook([line.strip().split(",") for line in rows], name="Staff"))
    report = import_people(path, at=AT)
    assert report.tally == Tally(new=2)
    assert "Read as a workbook, the sheet “Staff”." in report.notes
    assert bring(tmp_path, *rows[1:]).tally == unchanged(2)


def test_what_came_out_as_a_workbook_comes_in_unchanged(
    tmp_path: Path, client: Client, portal_site: None
) -> None:
    company(tmp_path)
    client.force_login(PersonFactory(administrator=True))
    address = reverse("files:take-out", args=["people"])
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"".join(client.get(address, {"format": "xlsx"})))
    assert import_people(path, at=AT).tally == unchanged(21)


def test_in_the_browser_everybody_is_asked_for_and_their_number_confirmed(
    tmp_path: Path, client: Client, portal_site: None
) -> None:
    rows = company(tmp_path)
    client.force_login(PersonFactory(administrator=True))
    content = (PEOPLE_HEADER + "".join(rows[4:])).encode()

    def send(**wishes: Any) -> str:
        file = SimpleUploadedFile("people.csv", content)
        form = reverse("files:bring-in", args=["people"])
        answer = client.post(form, {"file": file, "is_everybody": "on", **wishes}, follow=True)
        return answer.content.decode()

    told = send()
    assert "4 of 20 people would leave: more than a tenth." in told
    assert "say how many leave (“So many leave” on the form): 4." in told
    told = send(leavers="4")
    assert "4 left" in told
    assert "Write 4 changes" in told
    client.post(reverse("files:run-confirm", args=[ImportRun.objects.latest("pk").key]))
    assert Membership.objects.filter(ends_on=YESTERDAY).count() == 4
    assert AuditLine.objects.filter(kind=AuditLine.Kind.LEFT, by__is_superuser=True).count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_lists_at_once_bring_everybody_in_once(tmp_path: Path, portal_site: None) -> None:
    path = listed(tmp_path, *(row(number, f"W/D{number}") for number in range(30)))
    ready = threading.Barrier(2)

    def bring_at_once() -> Tally:
        try:
            ready.wait()
            return import_people(path, at=AT).tally
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        tallies = [pool.submit(bring_at_once) for _ in range(2)]
    assert {each.result() for each in tallies} == {Tally(new=30), unchanged(30)}
