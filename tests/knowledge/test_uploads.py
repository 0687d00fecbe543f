"""Files that people send in the browser: who may, what is shown, what is written, what is left."""

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from knowledge.importers.reporting import ImportReport, Tally
from knowledge.importers.runs import from_json, settle
from knowledge.importers.runs.storing import held, plain_name, turn
from knowledge.importers.runs.telling import as_json
from knowledge.importers.runs.working import Moved, bring_in, stop, without_lock
from knowledge.models import BriefPage, ImportRun, ModulePage
from portal.models import User
from quizzes.models import Question
from tests.factories import (
    DepartmentFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    PromiseFactory,
)

pytestmark = pytest.mark.usefixtures("portal_site")

State = ImportRun.State
GIFT = """$CATEGORY: fair-refund

// [id:refund-days]
::Days::How long does a refund take?{=Five days ~Six days}
"""
BROKEN = GIFT.replace("=Five days ~Six days", "=Five days ~")

type Send = Callable[..., ImportRun]


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> Path:
    """Where files that were sent are kept."""
    settings.VAR_DIR = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def marketer(client: Client, portal_site: None) -> User:
    person: User = PersonFactory(groups=["Marketing"])
    client.force_login(person)
    return person


@pytest.fixture
def module(marketer: User) -> ModulePage:
    module: ModulePage = ModuleFactory(slug="fair-refund", title="Fair Refund")
    return module


@pytest.fixture
def send(client: Client, module: ModulePage) -> Send:
    def send_one(text: str = GIFT, name: str = "questions.gift", **wishes: str) -> ImportRun:
        client.post(form_url(), {"file": file_of(text, name), **wishes})
        return ImportRun.objects.latest("pk")

    return send_one


def file_of(text: str | bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def form_url(kind: str = "questions") -> str:
    return reverse("files:bring-in", args=[kind])


def page(client: Client, run: ImportRun, query: str = "") -> str:
    return client.get(reverse("files:run", args=[run.key]) + query).content.decode()


def confirm(client: Client, run: ImportRun) -> None:
    client.post(reverse("files:run-confirm", args=[run.key]))
    run.refresh_from_db()


def discard(client: Client, run: ImportRun) -> None:
    client.post(reverse("files:run-discard", args=[run.key]))


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*/*"))


# From the file to what is stored


def test_a_file_is_shown_before_anything_is_written(client: Client, send: Send) -> None:
    run = send()
    shown = page(client, run)
    assert (run.state, Question.objects.count()) == (State.READY, 0)
    assert "refund-days" in shown or "Days" in shown
    assert "Write 1 change" in shown


def test_what_was_shown_is_written_when_it_is_confirmed(client: Client, send: Send) -> None:
    run = send()
    confirm(client, run)
    assert run.state == State.DONE
    assert Question.objects.get().name == "Days"
    assert "Saved" in page(client, run)


def test_a_refused_file_names_its_line_and_offers_nothing_to_confirm(
    client: Client, send: Send
) -> None:
    run = send(BROKEN)
    shown = page(client, run)
    assert run.state == State.REFUSED
    assert "questions.gift, line 4" in shown
    assert reverse("files:run-confirm", args=[run.key]) not in shown


def test_advice_names_the_field_on_the_form_and_no_command(client: Client, send: Send) -> None:
    shown = page(client, send("Is it free?\nA) Yes\nB) No\nANSWER: A\n", name="aiken.txt"))
    assert "name one module for the whole file (“Module” on the form)" in shown
    assert "--module" not in shown


def test_a_refused_file_is_not_written_by_an_address_that_is_typed(
    client: Client, send: Send
) -> None:
    run = send(BROKEN)
    confirm(client, run)
    assert (run.state, Question.objects.count()) == (State.REFUSED, 0)


def test_what_cannot_be_taken_is_left_out_where_that_is_wished(client: Client, send: Send) -> None:
    twins = GIFT + "\n::Half::Which?{=whole =%50%half}\n"
    run = send(twins, skip_unsupported="on")
    confirm(client, run)
    assert run.state == State.DONE
    assert Question.objects.count() == 1


def test_questions_without_a_category_go_where_the_sender_says(client: Client, send: Send) -> None:
    run = send(GIFT.replace("$CATEGORY: fair-refund", ""), module="fair-refund")
    confirm(client, run)
    assert Question.objects.get().module.slug == "fair-refund"


def test_a_file_that_changes_nothing_offers_nothing_to_write(client: Client, send: Send) -> None:
    confirm(client, send())
    run = send()
    assert run.state == State.READY
    assert reverse("files:run-confirm", args=[run.key]) not in page(client, run)


def test_a_second_confirmation_writes_nothing_again(client: Client, send: Send) -> None:
    run = send()
    confirm(client, run)
    versions = Question.objects.get().revisions.count()
    confirm(client, run)
    assert Question.objects.get().revisions.count() == versions
    assert ModelLogEntry.objects.filter(action="knowledge.bring_in").count() == 1


def test_a_portal_that_changed_meanwhile_is_shown_again_and_not_written(
    client: Client, send: Send
) -> None:
    shown_first, other = send(), send()
    confirm(client, other)
    confirm(client, shown_first)
    assert (shown_first.state, shown_first.has_moved) == (State.READY, True)
    assert "The portal has changed since you looked" in page(client, shown_first)


def test_a_module_that_went_meanwhile_refuses_what_was_ready(
    client: Client, send: Send, module: ModulePage
) -> None:
    run = send()
    module.delete()
    confirm(client, run)
    assert (run.state, run.has_moved) == (State.REFUSED, True)


def test_who_brought_in_which_file_stands_in_the_log(
    client: Client, marketer: User, send: Send
) -> None:
    confirm(client, send(name="March.gift"))
    entry = ModelLogEntry.objects.get(action="knowledge.bring_in")
    assert (entry.user, entry.data["file"]) == (marketer, "March.gift")
    assert entry.formatter.format_message(entry).startswith("File brought in: March.gift. 1 new")


# The file itself


def test_a_file_that_waits_lies_apart_from_all_that_has_an_address(
    kept: Path, send: Send, settings: Any
) -> None:
    run = send()
    assert (kept / run.key.hex / "questions.gift").read_text() == GIFT
    assert not kept.is_relative_to(settings.MEDIA_ROOT)
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("ending", [confirm, discard])
def test_no_file_is_left_after_the_end(
    client: Client, kept: Path, send: Send, ending: Callable[..., None]
) -> None:
    ending(client, send())
    assert left_in(kept) == []


def test_a_refused_file_is_not_kept(kept: Path, send: Send) -> None:
    send(BROKEN)
    assert left_in(kept) == []


def test_a_cancelled_file_is_gone_from_the_list(client: Client, send: Send) -> None:
    discard(client, send())
    assert not ImportRun.objects.exists()


def test_yesterdays_file_is_swept(
    client: Client, kept: Path, send: Send, clock: Any, at: datetime
) -> None:
    send()
    clock.move_to(at + timedelta(days=1, minutes=1))
    client.get(reverse("files:index"))
    assert (ImportRun.objects.count(), left_in(kept)) == (0, [])


def test_todays_file_is_not_swept(client: Client, send: Send, clock: Any, at: datetime) -> None:
    send()
    clock.move_to(at + timedelta(hours=23))
    client.get(reverse("files:index"))
    assert ImportRun.objects.get().state == State.READY


def test_a_confirmed_file_that_is_no_longer_there_writes_nothing(
    client: Client, kept: Path, send: Send
) -> None:
    run = send()
    (kept / run.key.hex / run.file_name).unlink()
    confirm(client, run)
    assert (run.state, Question.objects.count()) == (State.STOPPED, 0)
    assert "Nothing was written" in page(client, run)


def test_what_goes_wrong_after_saving_never_undoes_saved(client: Client, send: Send) -> None:
    run = send()
    confirm(client, run)
    stop(run)
    assert ImportRun.objects.get().state == State.DONE


def test_a_look_from_before_the_confirmation_never_undoes_saved(client: Client, send: Send) -> None:
    seen_before = send()
    confirm(client, ImportRun.objects.get())
    settle(seen_before)
    assert seen_before.state == State.DONE
    assert ImportRun.objects.get().state == State.DONE


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.gift", r"..\..\boot.gift", "/absolute.gift", ".hidden.gift", "a\0b.gift"],
)
def test_no_name_leads_out_of_the_folder(kept: Path, send: Send, name: str) -> None:
    run = send(name=name)
    found = kept / run.key.hex / run.file_name
    assert found.resolve().parent == kept / run.key.hex
    assert found.is_file()
    assert not run.file_name.startswith(".")


@pytest.mark.parametrize("name", ["../../etc/passwd.gift", r"C:\\temp\passwd.gift"])
def test_of_a_path_only_the_last_part_is_kept(name: str) -> None:
    assert plain_name(name) == "passwd.gift"


def test_a_long_name_keeps_its_ending() -> None:
    name = plain_name("a" * 300 + ".gift")
    assert (len(name), name[-5:]) == (100, ".gift")


# Content

BRIEF = """---
kind: brief
slug: fair-refund
title: Fair Refund
one_breath: "You get your money back, and we tell you the day."
right_for: "Everybody who pays monthly."
not_right_for: "Business customers."
expectation: "I know the day on which my money is back."
facts:
  - key: refund-days
    kind: process
    title: How long
    statement: "Five working days."
---
"""


def archive(**files: str | bytes) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return packed.getvalue()


def send_content(client: Client, content: bytes, name: str) -> ImportRun:
    client.post(form_url("content"), {"file": file_of(content, name)})
    return ImportRun.objects.latest("pk")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (archive(**{"briefs/fair-refund.md": BRIEF}), "content.zip"),
        (BRIEF.encode(), "fair-refund.md"),
    ],
    ids=["archive", "one file"],
)
def test_content_is_brought_in_from_an_archive_or_one_file(
    client: Client, marketer: User, content: bytes, name: str
) -> None:
    run = send_content(client, content, name)
    confirm(client, run)
    assert run.state == State.DONE
    assert BriefPage.objects.live().get().slug == "fair-refund"
    assert "/cms/pages/" in page(client, run)


def test_what_was_brought_in_has_the_name_of_whoever_did_it(client: Client, marketer: User) -> None:
    confirm(client, send_content(client, archive(**{"fair-refund.md": BRIEF}), "content.zip"))
    entries = PageLogEntry.objects.filter(page=BriefPage.objects.get())
    assert {entry.user for entry in entries} == {marketer}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"briefs/bomb.md": b"0" * 20_000_000}, "packed"),
        ({"../outside.md": BRIEF}, "outside"),
        ({"/absolute.md": BRIEF}, "absolute"),
    ],
    ids=["bomb", "up", "absolute"],
)
def test_an_archive_made_to_harm_is_refused_with_its_reason(
    client: Client, marketer: User, kept: Path, files: dict[str, str | bytes], told: str
) -> None:
    run = send_content(client, archive(**files), "content.zip")
    assert run.state == State.REFUSED
    assert told in str(from_json(run.report).faults)
    assert not list(kept.parent.rglob("*.md"))


# What isn't taken


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "empty.gift", "This file is empty"),
        (b"x", "letter.docx", "Choose a file that ends in .gift or .txt"),
        (b"PK\x03\x04....", "questions.txt", "This is a ZIP archive, not a text"),
        (b"%PDF-1.7....", "questions.gift", "This is a PDF, not a text"),
    ],
)
def test_a_file_of_another_kind_is_not_taken(
    client: Client, module: ModulePage, content: bytes, name: str, told: str
) -> None:
    answer = client.post(form_url(), {"file": file_of(content, name)})
    assert told in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_an_archive_in_name_only_is_not_taken(client: Client, marketer: User) -> None:
    answer = client.post(form_url("content"), {"file": file_of("# Hello", "content.zip")})
    assert "This is no ZIP archive" in answer.content.decode()


def test_a_file_that_is_too_large_is_not_taken(client: Client, module: ModulePage) -> None:
    large = SimpleUploadedFile("large.gift", b"a")
    large.file = io.BytesIO(b"a" * 10_000_001)
    answer = client.post(form_url(), {"file": large})
    assert "larger than 10 MB" in answer.content.decode()


def test_a_full_disk_is_told_and_leaves_nothing(
    client: Client, module: ModulePage, kept: Path
) -> None:
    kept.mkdir()
    kept.chmod(0o700)
    (kept.parent / "imports").rename(kept.parent / "elsewhere")
    kept.write_text("no folder can be made here")
    answer = client.post(form_url(), {"file": file_of(GIFT, "questions.gift")})
    assert "no room" in answer.content.decode()
    assert not ImportRun.objects.exists()


# Who may


@pytest.mark.parametrize("route", ["run", "run-confirm", "run-discard"])
def test_the_file_of_somebody_else_is_not_there(send: Send, route: str) -> None:
    run = send()
    other = Client()
    other.force_login(PersonFactory(administrator=True))
    ask = other.get if route == "run" else other.post
    assert ask(reverse(f"files:{route}", args=[run.key])).status_code == 404
    assert ImportRun.objects.get().state == State.READY


def test_a_key_that_was_guessed_leads_nowhere(client: Client, marketer: User) -> None:
    assert client.get(reverse("files:run", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("withdrawn", ["access_admin", "publish_question"])
def test_who_may_no_longer_do_it_can_confirm_nothing(
    client: Client, marketer: User, send: Send, withdrawn: str
) -> None:
    run = send()
    group = marketer.groups.get()
    group.permissions.remove(group.permissions.get(codename=withdrawn))
    confirm(client, run)
    assert (run.state, Question.objects.count()) == (State.READY, 0)


def test_marketing_is_not_offered_the_list_of_people(client: Client, marketer: User) -> None:
    shown = client.get(reverse("files:index")).content.decode()
    assert form_url("people") not in shown
    assert client.get(form_url("people")).status_code in {302, 404}


def test_the_editors_first_page_leads_there(client: Client, marketer: User) -> None:
    assert reverse("files:index") in client.get("/cms/").content.decode()


def test_the_list_of_questions_leads_there(client: Client, marketer: User) -> None:
    url = reverse("wagtailsnippets_quizzes_question:list")
    assert form_url() in client.get(url).content.decode()


# Work that takes longer


def test_work_that_died_with_its_server_says_that_nothing_was_written(
    client: Client, send: Send
) -> None:
    run = send()
    ImportRun.objects.update(state=State.WRITING)
    assert "Nothing was written" in page(client, run)
    run.refresh_from_db()
    assert run.state == State.STOPPED


def test_work_that_goes_on_is_asked_for_again(client: Client, send: Send) -> None:
    run = send()
    ImportRun.objects.update(state=State.READING)
    lock = held(run)
    assert lock is not None
    with lock:
        answer = client.get(reverse("files:run", args=[run.key]))
    assert answer.headers["Refresh"] == "2"
    assert "Being read" in answer.content.decode()


def test_what_is_being_written_is_not_cancelled(client: Client, send: Send) -> None:
    run = send()
    ImportRun.objects.update(state=State.WRITING)
    lock = held(run)
    assert lock is not None
    with lock:
        discard(client, run)
    assert ImportRun.objects.filter(pk=run.pk).exists()


# The table


def many(count: int) -> str:
    rows = (
        f"// [id:question-{number}]\n::Question {number}::How many?{{={number} ~none}}\n"
        for number in range(count)
    )
    return "$CATEGORY: fair-refund\n\n" + "\n".join(rows)


def test_a_long_table_comes_in_pages(client: Client, send: Send) -> None:
    run = send(many(201))
    assert "Question 200" not in page(client, run)
    assert "Question 200" in page(client, run, "?p=2")


def test_the_table_can_be_narrowed_to_one_outcome(client: Client, send: Send) -> None:
    confirm(client, send(many(2)))
    run = send(many(3))
    assert "Question 1<" not in page(client, run, "?show=new")
    assert "Question 2" in page(client, run, "?show=new")


# Taking out


def test_questions_are_taken_out_as_they_came_in(client: Client, send: Send) -> None:
    confirm(client, send())
    answer = client.get(reverse("files:take-out", args=["questions"]) + "?module=fair-refund")
    text = b"".join(answer).decode()
    again = send(text)
    assert from_json(again.report).tally == Tally(unchanged=1)
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_content_is_taken_out_as_it_came_in(client: Client, marketer: User) -> None:
    confirm(client, send_content(client, BRIEF.encode(), "fair-refund.md"))
    answer = client.get(reverse("files:take-out", args=["content"]))
    again = send_content(client, b"".join(answer), "content.zip")
    tally = from_json(again.report).tally
    assert (again.state, tally.new, tally.changed) == (State.READY, 0, 0)


def test_an_administrator_takes_people_out_as_they_came_in(client: Client) -> None:
    client.force_login(PersonFactory(administrator=True))
    MembershipFactory()
    text = b"".join(client.get(reverse("files:take-out", args=["people"]))).decode()
    client.post(form_url("people"), {"file": file_of(text, "people.csv")})
    run = ImportRun.objects.get()
    tally = from_json(run.report).tally
    assert (run.state, tally.new, tally.changed) == (State.READY, 0, 0)


def test_an_administrator_takes_chains_out_as_they_came_in(client: Client) -> None:
    client.force_login(PersonFactory(administrator=True))
    PromiseFactory(departments=[DepartmentFactory()]).save_revision().publish()
    text = b"".join(client.get(reverse("files:take-out", args=["chains"]))).decode()
    client.post(form_url("chains"), {"file": file_of(text, "chains.csv")})
    run = ImportRun.objects.get()
    assert run.state == State.READY
    assert from_json(run.report).tally == Tally(unchanged=1)


def test_questions_of_a_module_that_is_not_there_are_not_there(
    client: Client, marketer: User
) -> None:
    answer = client.get(reverse("files:take-out", args=["questions"]) + "?module=nowhere")
    assert answer.status_code == 404


# Beside the request


LONG = GIFT + "\n// " + "x" * 100_000 + "\n"


def finish(run: ImportRun) -> None:
    for thread in threading.enumerate():
        if thread.name == f"import-{run.key}":
            thread.join(30)
    run.refresh_from_db()


@pytest.mark.django_db(transaction=True)
def test_a_long_file_is_read_and_written_beside_the_request(client: Client, send: Send) -> None:
    run = send(LONG)
    finish(run)
    assert run.state == State.READY
    confirm(client, run)
    finish(run)
    assert (run.state, Question.objects.count()) == (State.DONE, 1)


@pytest.mark.django_db(transaction=True)
def test_a_long_file_waits_for_its_turn(client: Client, send: Send) -> None:
    with turn(wait=True):
        run = send(LONG)
        assert "Waiting until another file is done" in page(client, run)
    finish(run)
    assert run.state == State.READY


@pytest.mark.django_db(transaction=True)
def test_confirmed_from_four_windows_at_once_it_is_written_once(client: Client, send: Send) -> None:
    run = send()
    windows = [Client() for _number in range(4)]
    for window in windows:
        window.cookies = client.cookies
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda window: confirm_apart(window, run), windows))
    finish(run)
    assert run.state == State.DONE
    assert Question.objects.get().revisions.count() == 1
    assert ModelLogEntry.objects.filter(action="knowledge.bring_in").count() == 1


def confirm_apart(client: Client, run: ImportRun) -> None:
    try:
        client.post(reverse("files:run-confirm", args=[run.key]))
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_differs_only_while_it_is_written_is_taken_back(send: Send) -> None:
    run = send()
    shown = as_json(ImportReport(from_json(run.report).entries))["entries"]
    with pytest.raises(Moved), transaction.atomic():
        bring_in(run, {"entries": [*shown, ["new", "Another", "", "", "", None]]})
    assert not Question.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_reading_leaves_others_free_to_write(client: Client, send: Send) -> None:
    send()
    with without_lock(), transaction.atomic():
        Question.objects.exists()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(write_apart).result(timeout=5)
    assert ImportRun.objects.get().file_name == "written meanwhile"


def write_apart() -> None:
    try:
        ImportRun.objects.update(file_name="written meanwhile")
    finally:
        connection.close()
