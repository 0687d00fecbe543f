"""Remarks are answered by whoever keeps the page; what helps others is shared."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.actions import (
    AlreadyRepliedError,
    Shared,
    note_replies_seen,
    reply_to_remark,
)
from knowledge.models import BriefPage, Remark
from knowledge.reports import (
    asked_by,
    unseen_replies,
)
from portal.models import User
from tests.conftest import NOW
from tests.editing import Desk
from tests.factories import (
    BriefFactory,
    LessonFactory,
    ModuleFactory,
    PersonFactory,
)
from tests.knowledge.remarking import QUEUE, said, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


def share(remark: Remark, by: User, reply: str = "Because.") -> Shared:
    return replied(remark, by, reply, question="Why?")


def replied(remark: Remark, by: User, reply: str, question: str = "") -> Shared:
    return reply_to_remark(
        remark=remark, by=by, outcome="answered", reply=reply, question=question, at=NOW
    )


def reply(client: Client, remark: Remark, prefix: str = QUEUE, **given: str) -> Any:
    data = {"outcome": "answered", "reply": "Yes, it does.", **given}
    return client.post(f"{prefix}{remark.pk}/", data)


def answers_of(brief: BriefPage) -> list[tuple[str, str]]:
    live = BriefPage.objects.get(pk=brief.pk)
    return [(block.value["question"], block.value["answer"].source) for block in live.answers]


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


def test_nobody_else_learns_that_a_remark_is_there(
    client: Client, colleague: User, kept: BriefPage
) -> None:
    remark = said(colleague, kept)
    client.force_login(colleague)
    assert client.get(f"/remarks/{remark.pk}/").status_code == 404
    assert reply(client, remark, "/remarks/").status_code == 404
    assert shown(client.get("/remarks/")).count(remark.words) == 0


def test_the_first_reply_stands(colleague: User, marketer: User, kept: BriefPage) -> None:
    remark = said(colleague, kept)
    replied(remark, marketer, "First.")
    with pytest.raises(AlreadyRepliedError):
        replied(remark, marketer, "Second.")
    assert Remark.objects.get().reply == "First."


def test_a_shared_reply_stands_in_the_brief_without_a_name(
    desk: Client, colleague: User, kept: BriefPage
) -> None:
    reply(desk, said(colleague, kept), is_shared="on", question="Does it hold on <Sundays>?")

    assert answers_of(kept) == [("Does it hold on <Sundays>?", "<p>Yes, it does.</p>")]
    page = shown(desk.get(f"/briefs/{kept.slug}/"))
    assert "Does it hold on &lt;Sundays&gt;?" in page
    assert "Amara" not in page


def test_what_was_asked_in_a_lesson_is_shared_in_the_brief_that_it_teaches(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    lesson = LessonFactory(module=ModuleFactory(brief=kept))
    share(said(colleague, lesson), marketer)
    assert answers_of(kept) == [("Why?", "<p>Because.</p>")]


def test_a_shared_reply_can_carry_no_markup(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    share(said(colleague, kept), marketer, "<script>alert(1)</script>")
    assert "<script>" not in answers_of(kept)[0][1]


def test_a_shared_reply_waits_with_the_changes_that_are_not_out(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    kept.right_for = "Somebody else."
    kept.save_revision()
    shared = share(said(colleague, kept), marketer)

    assert shared == Shared.DRAFTED
    assert answers_of(kept) == []
    draft = BriefPage.objects.get(pk=kept.pk).get_latest_revision_as_object()
    assert [block.value["question"] for block in draft.answers] == ["Why?"]
    assert draft.right_for == "Somebody else."


def test_a_shared_reply_survives_the_next_edit(
    desk: Client, marketer: User, colleague: User, kept: BriefPage
) -> None:
    shared = share(said(colleague, kept), marketer)
    assert shared == Shared.PUBLISHED
    assert "Because." in shown(desk.get(Desk(desk, kept).url))


def test_a_draft_that_lacks_something_still_takes_the_answer(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    kept.one_breath = ""
    kept.save_revision(clean=False)
    shared = share(said(colleague, kept), marketer)
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


def test_a_reply_is_new_until_its_asker_has_looked(
    marketer: User, colleague: User, kept: BriefPage
) -> None:
    remark = said(colleague, kept)
    assert unseen_replies(colleague) == 0
    replied(remark, marketer, "So.")
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
