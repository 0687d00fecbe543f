"""When a quiz closes and opens again: in a file, in the editor, and in a translation."""

from datetime import date, time
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from knowledge.exports import export_content
from knowledge.importers.content import import_content
from knowledge.importers.reporting import ImportRefused, describe
from knowledge.models import ModulePage
from portal.actions import prepare_portal
from portal.models import User
from tests.editing import Desk, changed
from tests.factories import ModuleFactory, PersonFactory
from tests.importing import example_files, replace, unchanged
from tests.knowledge.translating import in_french, two_languages

pytestmark = pytest.mark.django_db

MODULE = "modules/price-promise/module.md"
ALL = "closes_on: 2026-12-04\ncloses_at: 17:30\ncloses_zone: Asia/Kathmandu\nopens_again: at-once\n"


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    files = example_files(tmp_path)
    prepare_portal()
    for email in ("esme.hale@wrenfield.example", "ada.fernsby@wrenfield.example"):
        User.objects.create(email=email)
    return files / "content"


def add(folder: Path, lines: str) -> None:
    replace(folder / MODULE, "kind: module\n", f"kind: module\n{lines}")


def days_of(module: ModulePage) -> tuple[date | None, time | None, str, str]:
    return module.closes_on, module.closes_at, module.closes_zone, module.opens_again


def test_a_module_brings_the_days_of_its_quiz(examples: Path) -> None:
    add(examples, ALL)

    import_content(examples)

    days = days_of(ModulePage.objects.get())
    assert days == (date(2026, 12, 4), time(17, 30), "Asia/Kathmandu", "at-once")


def test_a_file_that_says_nothing_of_them_takes_them_away(examples: Path) -> None:
    import_content(examples)
    before = days_of(ModulePage.objects.get())
    add(examples, ALL)
    import_content(examples)
    replace(examples / MODULE, ALL, "")

    import_content(examples)

    assert days_of(ModulePage.objects.get()) == before == (None, None, "", "tomorrow")


@pytest.mark.parametrize("lines", [ALL, "closes_on: 2028-02-29\ncloses_at: 00:00\n"])
def test_what_is_taken_out_comes_in_equal(examples: Path, tmp_path: Path, lines: str) -> None:
    add(examples, lines)
    import_content(examples)
    days = days_of(ModulePage.objects.get())

    export_content(tmp_path / "first")

    assert import_content(tmp_path / "first").tally == unchanged(5)
    ModulePage.objects.get().delete()
    import_content(tmp_path / "first")
    assert days_of(ModulePage.objects.get()) == days
    export_content(tmp_path / "second")
    first, second = (tmp_path / place / MODULE for place in ("first", "second"))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("closes_on: Friday\n", "line 3: “closes_on” doesn't hold what it should. Write a date"),
        ("closes_on: 2027-02-29\n", "line 3: “closes_on” doesn't hold what it should."),
        ("closes_on: 1926-12-04\n", "“closes_on” can't stay as it is. Choose a day of the years"),
        (
            "closes_on: 2026-12-04\ncloses_at: 5 pm\n",
            "line 4: “closes_at” doesn't hold what it should. Write a time of the day like 09:00",
        ),
        ("closes_on: 2026-12-04\ncloses_at: 24:00\n", "line 4: “closes_at” doesn't hold"),
        ("closes_at: 17:00\n", "line 3: “closes_at” can't stay as it is. There is no day for it"),
        ("closes_zone: Europe/London\n", "line 3: “closes_zone” can't stay as it is. There is no"),
        (
            "closes_on: 2026-12-04\ncloses_zone: London\n",
            "line 4: “closes_zone” can't stay as it is. “London” is the name of no time zone.",
        ),
        ("closes_on: 2026-12-04\ncloses_zone: localtime\n", "is the name of no time zone"),
        (
            "opens_again: never\n",
            "line 3: “opens_again” can't stay as it is. Write “tomorrow” or “at-once”.",
        ),
        ("opens_again: [tomorrow]\n", "line 3: “opens_again” doesn't hold what it should."),
    ],
)
def test_a_fault_names_the_field_and_the_remedy(examples: Path, lines: str, told: str) -> None:
    add(examples, lines)

    with pytest.raises(ImportRefused) as refusal:
        import_content(examples)

    (fault,) = [describe(fault) for fault in refusal.value.faults]
    assert told in fault


def test_seconds_are_refused_as_no_file_can_hold_them() -> None:
    with pytest.raises(ValidationError, match="hours and minutes only"):
        ModuleFactory(closes_on=date(2026, 12, 4), closes_at=time(17, 30, 15))


@pytest.mark.usefixtures("portal_site")
def test_an_editor_sets_them_and_the_editor_shows_them_again(client: Client) -> None:
    marketer = PersonFactory(groups=["Marketing"])
    client.force_login(marketer)
    desk = Desk(client, ModuleFactory(owner=marketer))
    fields = {
        "closes_on": "2026-12-04",
        "closes_at": "17:30",
        "closes_zone": "Asia/Kathmandu",
        "opens_again": "at-once",
    }

    desk.publish(changed(desk.open(), **fields))

    module = ModulePage.objects.get()
    assert days_of(module) == (date(2026, 12, 4), time(17, 30), "Asia/Kathmandu", "at-once")
    shown = desk.open()
    assert {name: shown[name] for name in fields} == fields


def test_a_translation_lends_its_words_and_no_days() -> None:
    with two_languages():
        module = ModuleFactory(closes_on=date(2026, 12, 4), closes_zone="Europe/London")
        in_french(module, title="Juste", closes_on=date(2026, 12, 5), closes_zone="Pacific/Apia")
        with override("fr"):
            worded = ModulePage.objects.in_source_language().in_readers_words().get()

    assert worded.title == "Juste"
    assert days_of(worded) == days_of(module)
