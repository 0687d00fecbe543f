"""The owners' queue: whose remarks it shows, in which order, and what is counted of them."""

import csv
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.models import BriefPage, Remark
from knowledge.reports import (
    OpenRemarks,
    answered_by,
    open_remarks_by_page,
    open_remarks_for,
)
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    BriefFactory,
    LessonFactory,
    ModuleFactory,
    PersonFactory,
)
from tests.knowledge.remarking import QUEUE, said, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


def listed(client: Client, **asked: str) -> set[str]:
    response = client.get(QUEUE, asked)
    assert response.status_code == 200
    return {remark.words for remark in response.context["object_list"]}


def test_a_lesson_is_answered_by_the_owner_of_its_module(client: Client, colleague: User) -> None:
    owner = PersonFactory()
    lesson = LessonFactory(module=ModuleFactory(owner=owner), owner=PersonFactory())
    said(colleague, lesson)
    assert answered_by(owner, TODAY) == {lesson.pk}
    assert answered_by(lesson.owner, TODAY) == set()


def test_an_editor_without_a_part_in_it_has_no_queue(client: Client, colleague: User) -> None:
    client.force_login(PersonFactory(groups=["Moderators"]))
    assert client.get(QUEUE).status_code != 200


def test_the_queue_begins_with_what_was_promised_first(
    desk: Client, colleague: User, kept: BriefPage
) -> None:
    for number, days in enumerate((0, -5, -3)):
        said(colleague, kept, words=str(number), at=NOW + days * A_DAY)
    Remark.objects.filter(words="1").update(replied_at=NOW, outcome="kept")
    rows = desk.get(QUEUE).context["object_list"]
    assert [remark.words for remark in rows] == ["2", "0", "1"]


def test_the_queue_is_narrowed_to_mine(desk: Client, colleague: User, kept: BriefPage) -> None:
    said(colleague, kept, words="mine")
    said(colleague, BriefFactory(owner=PersonFactory()), words="hers")
    assert listed(desk) == {"mine", "hers"}
    assert listed(desk, whose="mine") == {"mine"}


def test_the_queue_is_narrowed_by_state_kind_and_page(
    desk: Client, colleague: User, kept: BriefPage
) -> None:
    said(colleague, kept, words="open")
    said(colleague, kept, words="waiting", kind="unclear", at=NOW - 5 * A_DAY)
    replied = said(colleague, BriefFactory(), words="replied")
    Remark.objects.filter(pk=replied.pk).update(replied_at=NOW, outcome="kept")

    assert listed(desk, state="open") == {"open", "waiting"}
    assert listed(desk, state="waiting") == {"waiting"}
    assert listed(desk, state="replied") == {"replied"}
    assert listed(desk, kind="unclear") == {"waiting"}
    assert listed(desk, page=str(replied.page_id)) == {"replied"}


def test_a_spreadsheet_runs_no_colleagues_words(
    desk: Client, colleague: User, kept: BriefPage
) -> None:
    said(colleague, kept, words="=1+1")
    content: Any = desk.get(QUEUE, {"export": "csv"})
    rows = list(csv.DictReader(StringIO(content.getvalue().decode())))
    assert rows[0]["In your words"] == "'=1+1"


def test_the_queue_costs_as_much_for_many_as_for_one(
    desk: Client, colleague: User, kept: BriefPage
) -> None:
    def queries() -> int:
        desk.get(QUEUE)
        with CaptureQueriesContext(connection) as found:
            desk.get(QUEUE, {"whose": "mine"})
        return len(found)

    said(colleague, kept)
    said(colleague, LessonFactory(module=ModuleFactory(owner=kept.owner)))
    few = queries()
    for number in range(8):
        said(PersonFactory(), BriefFactory(owner=kept.owner), words=str(number))
        said(PersonFactory(), LessonFactory(module=ModuleFactory(owner=kept.owner)))
    assert queries() == few


def test_the_menu_says_how_many_wait(desk: Client, colleague: User, kept: BriefPage) -> None:
    said(colleague, kept)
    assert "Remarks (1)" in shown(desk.get("/cms/"))


def test_what_waits_is_counted_for_the_dashboard(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    said(colleague, kept, at=NOW - 5 * A_DAY)
    said(colleague, BriefFactory())
    assert open_remarks_for(marketer, TODAY) == OpenRemarks(open=2, past_their_day=1, mine=1)
    assert open_remarks_for(colleague, TODAY) == OpenRemarks()


def test_a_remark_is_past_its_day_only_after_it(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    due_on = said(colleague, kept).due_on
    assert open_remarks_for(marketer, due_on).past_their_day == 0
    assert open_remarks_for(marketer, due_on + A_DAY).past_their_day == 1


def test_open_remarks_are_counted_by_page(colleague: User, kept: BriefPage) -> None:
    said(colleague, kept, words="a")
    said(colleague, kept, words="b")
    assert open_remarks_by_page([kept.pk, 0]) == {kept.pk: 2}


def test_the_queue_is_taken_out_as_a_workbook(
    desk: Client, colleague: User, kept: BriefPage
) -> None:
    said(colleague, kept, words="=1+1")
    content: Any = desk.get(QUEUE, {"export": "xlsx"})
    sheet = ZipFile(BytesIO(content.getvalue())).read("xl/worksheets/sheet1.xml").decode()
    assert "I have a question" in sheet
    assert "<f>" not in sheet


def test_the_queue_is_narrowed_while_one_looks(
    desk: Client, colleague: User, kept: BriefPage
) -> None:
    said(colleague, kept, words="still open")
    page = shown(desk.get(f"{QUEUE}results/", {"state": "replied"}))
    assert "still open" not in page
    assert "still open" in shown(desk.get(f"{QUEUE}results/", {"state": "open"}))


def test_an_owner_who_edits_but_is_not_marketing_sees_only_what_is_hers(
    client: Client, colleague: User, kept: BriefPage
) -> None:
    editor = PersonFactory(groups=["Moderators"])
    said(colleague, kept, words="not hers")
    said(colleague, BriefFactory(owner=editor), words="hers")
    client.force_login(editor)
    assert listed(client) == {"hers"}
