"""A list of people that is read on schedule: once for each content, with a report by mail."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from departments.importers.people.syncing import sync_people
from departments.models import Membership, RosterSync
from tests.departments.rosters import AWAY, listed, row
from tests.factories import PersonFactory
from tests.importing import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def sync(folder: Path, *rows: str, **options: Any) -> RosterSync | None:
    return sync_people(listed(folder, *rows), at=AT, **options).sync


def test_a_schedule_brings_in_and_tells_each_content_once(tmp_path: Path) -> None:
    PersonFactory(administrator=True, email="admin@x.example")
    for _ in range(2):
        assert sync(tmp_path, row(0), row(1))
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["admin@x.example"], "people.csv: brought in")
    ]
    assert "2 people: 2 new" in str(mail.outbox[0].body)
    sync(tmp_path, row(0))
    sync(tmp_path, row(0), row(1))
    assert len(mail.outbox) == 3


def test_a_schedule_tells_once_why_a_list_is_refused(tmp_path: Path) -> None:
    PersonFactory(administrator=True)
    for _ in range(2):
        found = sync(tmp_path, row(0), row(1).replace("2024-03-01", "31.02.2026"))
        assert found
        assert not found.is_applied
    assert len(mail.outbox) == 1
    assert "line 3: “31.02.2026” is not a date. Write it like 2026-02-28." in mail.outbox[0].body
    assert not Membership.objects.exists()


def test_a_schedule_says_that_there_is_no_file(tmp_path: Path) -> None:
    PersonFactory(administrator=True)
    found = sync_people(tmp_path / "gone.csv", at=AT).sync
    assert found
    assert "there is no file of this name" in found.report["rows"][0]


def test_a_report_that_was_not_taken_is_sent_by_the_next_run(tmp_path: Path, settings: Any) -> None:
    PersonFactory(administrator=True)
    usual = settings.MAILERS
    settings.MAILERS = AWAY
    assert not sync_people(listed(tmp_path, row(0)), at=AT).is_told
    assert Membership.objects.count() == 1
    settings.MAILERS = usual
    assert sync_people(listed(tmp_path, row(0)), at=AT).is_told
    assert len(mail.outbox) == 1


def test_the_command_reads_the_file_that_the_settings_name(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PEOPLE_FILE = str(listed(tmp_path, row(0)))
    call_command("sync_people")
    assert capsys.readouterr().out.startswith("1 person: 1 new")
    call_command("sync_people")
    assert capsys.readouterr().out.startswith("The file is as it was the last time.")
    listed(tmp_path, row(0).replace("@", ""))
    with pytest.raises(SystemExit):
        call_command("sync_people")


def test_a_list_that_still_holds_is_as_old_as_the_last_look_at_it(tmp_path: Path) -> None:
    file = listed(tmp_path, row(0))
    sync_people(file, at=AT)

    sync_people(file, at=AT + timedelta(days=9))

    assert RosterSync.objects.get().at == AT + timedelta(days=9)
