"""Remarks are answered by whoever keeps the page; what helps others is shared."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.actions import (
    AlreadyRepliedError,
    Shared,
    make_remark,
    note_replies_seen,
    reply_to_remark,
)
from knowledge.models import BriefPage, Remark
from knowledge.reports import (
    OpenRemarks,
    Passage,
    answered_by,
    asked_by,
    open_remarks_by_page,
    open_remarks_for,
    unseen_replies,
)
from portal.models import User
from tests.conftest import NOW
from tests.editing import Desk
from tests.factories import (
    A_DAY,
    TODAY,
    BriefFactory,
    LessonFactory,
    ModuleFactory,
    PersonFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

QUEUE = "/cms/remarks/"


@pytest.fixture
def marketer() -> User:
    person: User = PersonFactory(first_name="Grace", groups=["Marketing"])
    return person


@pytest.fixture
def kept(marketer: User) -> BriefPage:
    brief: BriefPage = BriefFactory(title="Fair Refund", owner=marketer)
    brief.save_revision().publish()
    return BriefPage.objects.get(pk=brief.pk)


@pytest.fixture
def colleague() -> User:
    person: User = PersonFactory(first_name="Amara")
    return person


@pytest.fixture
def desk(client: Client, marketer: User) -> Client:
    client.force_login(marketer)
    return client


def said(person: User, page: Any, **words: Any) -> Remark:
    given = {"kind": "question", "words": "Does it hold on Sundays?", "passage": Passage()}
    return make_remark(person=person, page=page, **{"at": NOW, **given, **words})


def reply(client: Client, remark: Remark, prefix: str = QUEUE, **given: str) -> Any:
    data = {"outcome": "answered", "reply": "Yes, it does.", **given}
    return client.post(f"{prefix}{remark.pk}/", data)


def shown(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def answers_of(brief: BriefPage) -> list[tuple[str, str]]:
    live = BriefPage.objects.get(pk=brief.pk)
    return [(block.value["question"], block.value["answer"].source) for block in live.answers]


def listed(client: Client, **asked: str) -> set[str]:
    response = client.get(QUEUE, asked)
    assert response.status_code == 200
    return {remark.words for remark in response.context["object_list"]}


def test_the_owner_replies_in_the_editor(desk: Client, colleague: User, kept: BriefPage) -> None:
    reply(desk, said(colleague, kept))
    remark = Remark.objects.get()
    assert (remark.outcome, remark.reply, remark.is_shared) == ("answered", "Yes, it does.", False)


def test_an_owner_who_is_no_editor_replies_in_the_portal(client: Client, colleague: User) -> None:
    owner = PersonFactory()
    remark = said(colleague, BriefFactory(owner=owner))
    client.force_login(owner)

    assert remark.words in shown(client.get("/remarks/"))
    reply(client, remark, "/remarks/")
    assert Remark.objects.get().reply == "Yes, it does."


def test_a_carer_replies_too(client: Client, colleague: User) -> None:
    carer = PersonFactory()
    remark = said(colleague, BriefFactory(carer=carer))
    client.force_login(carer)
    assert reply(client, remark, "/remarks/").status_code == 302


def test_a_lesson_is_answered_by_the_owner_of_its_module(client: Client, colleague: User) -> None:
    owner = PersonFactory()
    lesson = LessonFactory(module=ModuleFactory(owner=owner), owner=PersonFactory())
    said(colleague, lesson)
    assert answered_by(owner, TODAY) == {lesson.pk}
    assert answered_by(lesson.owner, TODAY) == set()


def test_nobody_else_learns_that_a_remark_is_there(
    client: Client, colleague: User, kept: BriefPage
) -> None:
    remark = said(colleague, kept)
    client.force_login(colleague)
    assert client.get(f"/remarks/{remark.pk}/").status_code == 404
    assert reply(client, remark, "/remarks/").status_code == 404
    assert shown(client.get("/remarks/")).count(remark.words) == 0


def test_an_editor_without_a_part_in_it_has_no_queue(client: Client, colleague: User) -> None:
    client.force_login(PersonFactory(groups=["Moderators"]))
    assert client.get(QUEUE).status_code != 200


def test_the_first_reply_stands(colleague: User, marketer: User, kept: BriefPage) -> None:
    remark = said(colleague, kept)
    given = {"remark": remark, "by": marketer, "outcome": "kept", "at": NOW}
    reply_to_remark(**given, reply="First.")
    with pytest.raises(AlreadyRepliedError):
        reply_to_remark(**given, reply="Second.")
    assert Remark.objects.get().reply == "First."


def test_a_shared_reply_stands_in_the_brief_without_a_name(
    desk: Client, colleague: User, kept: BriefPage
) -> None:
    reply(desk, said(colleague, kept), is_shared="on", question="Does it hold on <Sundays>?")

    assert answers_of(kept) == [("Does it hold on <Sundays>?", "<p>Yes, it does.</p>")]
    page = shown(desk.get(f"/briefs/{kept.slug}/"))
    assert "Does it hold on &lt;Sundays&gt;?" in page
    assert "Amara" not in page


def test_a_shared_reply_can_carry_no_markup(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    given = {"by": marketer, "outcome": "answered", "at": NOW, "question": "Why?"}
    reply_to_remark(remark=said(colleague, kept), reply="<script>alert(1)</script>", **given)
    assert "<script>" not in answers_of(kept)[0][1]


def test_a_shared_reply_waits_with_the_changes_that_are_not_out(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    kept.right_for = "Somebody else."
    kept.save_revision()
    given = {"by": marketer, "outcome": "answered", "at": NOW, "question": "Why?"}
    shared = reply_to_remark(remark=said(colleague, kept), reply="Because.", **given)

    assert shared == Shared.DRAFTED
    assert answers_of(kept) == []
    draft = BriefPage.objects.get(pk=kept.pk).get_latest_revision_as_object()
    assert [block.value["question"] for block in draft.answers] == ["Why?"]
    assert draft.right_for == "Somebody else."


def test_a_shared_reply_survives_the_next_edit(
    desk: Client, marketer: User, colleague: User, kept: BriefPage
) -> None:
    given = {"by": marketer, "outcome": "answered", "at": NOW, "question": "Why?"}
    shared = reply_to_remark(remark=said(colleague, kept), reply="Because.", **given)
    assert shared == Shared.PUBLISHED
    assert "Because." in shown(desk.get(Desk(desk, kept).url))


def test_a_draft_that_lacks_something_still_takes_the_answer(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    kept.one_breath = ""
    kept.save_revision(clean=False)
    given = {"by": marketer, "outcome": "answered", "at": NOW, "question": "Why?"}
    shared = reply_to_remark(remark=said(colleague, kept), reply="Because.", **given)
    assert shared == Shared.DRAFTED


def test_who_may_not_edit_the_brief_is_not_offered_to_share(
    client: Client, colleague: User
) -> None:
    owner = PersonFactory()
    brief = BriefFactory(owner=owner)
    client.force_login(owner)
    reply(client, said(colleague, brief), "/remarks/", is_shared="on", question="Why?")
    assert answers_of(brief) == []
    assert not Remark.objects.get().is_shared


def test_sharing_needs_a_question(desk: Client, colleague: User, kept: BriefPage) -> None:
    answer = reply(desk, said(colleague, kept), is_shared="on", question="")
    assert "Write the question that everybody reads" in shown(answer)
    assert Remark.objects.open().exists()


def test_a_long_question_is_offered_shortened(
    desk: Client, colleague: User, kept: BriefPage
) -> None:
    remark = said(colleague, kept, words="Why? " * 100)
    response = desk.get(f"{QUEUE}{remark.pk}/")
    assert len(response.context["form"]["question"].initial) == 200


def test_the_queue_begins_with_what_was_promised_first(
    desk: Client, colleague: User, kept: BriefPage
) -> None:
    for number, days in enumerate((0, -5, 3)):
        said(colleague, kept, words=str(number), at=NOW + days * A_DAY)
    Remark.objects.filter(words="1").update(replied_at=NOW, outcome="kept")
    rows = desk.get(QUEUE).context["object_list"]
    assert [remark.words for remark in rows] == ["0", "2", "1"]


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
    assert open_remarks_for(marketer, TODAY) == OpenRemarks(open=2, past=1, mine=1)
    assert open_remarks_for(colleague, TODAY) == OpenRemarks()


def test_a_remark_is_past_its_day_only_after_it(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    due_on = said(colleague, kept).due_on
    assert open_remarks_for(marketer, due_on).past == 0
    assert open_remarks_for(marketer, due_on + A_DAY).past == 1


def test_open_remarks_are_counted_by_page(colleague: User, kept: BriefPage) -> None:
    said(colleague, kept, words="a")
    said(colleague, kept, words="b")
    assert open_remarks_by_page([kept.pk, 0]) == {kept.pk: 2}


def test_a_reply_is_new_until_its_asker_has_looked(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    remark = said(colleague, kept)
    assert unseen_replies(colleague) == 0
    reply_to_remark(remark=remark, by=marketer, outcome="kept", reply="So.", at=NOW)
    assert unseen_replies(colleague) == 1

    note_replies_seen(person=colleague, at=NOW)
    assert unseen_replies(colleague) == 0
    assert [remark.reply for remark in asked_by(colleague)] == ["So."]


def test_looking_notes_nothing_about_what_still_waits(colleague: User, kept: BriefPage) -> None:
    said(colleague, kept)
    note_replies_seen(person=colleague, at=NOW)
    assert Remark.objects.get().seen_at is None


def test_the_reply_page_shows_what_was_said(desk: Client, colleague: User, kept: BriefPage) -> None:
    remark = said(colleague, kept, words="<b>Why</b>?")
    page = shown(desk.get(reverse("remarks:reply", args=[remark.pk])))
    assert "&lt;b&gt;Why&lt;/b&gt;?" in page
    assert "Amara" in page
