"""A change that people must check goes out by no door before it is planned, and seen by two."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision, TaskState

from knowledge.models import BriefPage, ChangePlan
from knowledge.publishing import PublishHeldError
from knowledge.reports import drafted_change, plan_url
from portal.models import User
from quizzes.models import Question
from tests.drafting import (
    NEW,
    OLD,
    approve,
    is_scheduled,
    live_brief,
    marketer,
    newest,
    plan,
    question_about,
    redraft,
    said_now,
    signed_in,
)
from tests.editing import PUBLISH, Desk, changed
from tests.factories import BriefFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("portal_site"),
    # Wagtail asks Django for the way to send mail by its old name.
    pytest.mark.filterwarnings("ignore:get_connection:PendingDeprecationWarning"),
]


@dataclass(frozen=True, slots=True)
class Scene:
    page: BriefPage
    question: Question
    author: User
    second: User


@pytest.fixture
def scene() -> Scene:
    author, second = marketer(first_name="Asha"), marketer(first_name="Selma")
    page = live_brief(owner=author)
    return Scene(page, question_about(page), author, second)


def unplanned(scene: Scene) -> User:
    return scene.author


def planned(scene: Scene) -> User:
    plan(newest(scene.page), scene.author)
    return scene.author


def approved(scene: Scene) -> User:
    approve(plan(newest(scene.page), scene.author), scene.second)
    return scene.author


def by_another(scene: Scene) -> User:
    plan(newest(scene.page), scene.author)
    return scene.second


def by_the_button(page: BriefPage, by: User) -> None:
    Desk(signed_in(by), page).publish()


def by_a_plain_revision(page: BriefPage, by: User) -> None:
    with suppress(PublishHeldError):
        page.get_latest_revision().publish(user=by)


def by_bulk(page: BriefPage, by: User) -> None:
    bulk(signed_in(by), page)


def by_bulk_from_above(page: BriefPage, by: User) -> None:
    # Wagtail takes what is not live from below: so this one was unpublished before.
    page.unpublish()
    bulk(signed_in(by), page.get_parent(), include_descendants="on")


def bulk(client: Client, page: Any, **fields: str) -> Any:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?id={page.pk}", fields)


def by_the_plan_page(page: BriefPage, by: User) -> None:
    data = {"do": "publish", "fingerprint": drafted_change(newest(page)).fingerprint}
    said = ChangePlan.objects.filter(brief=page).first()
    if said:
        data |= {"kind": said.kind, "reason": said.reason, "grace_days": str(said.grace_days)}
        data |= {f"question-{each.question_id}": each.choice for each in said.decisions.all()}
    signed_in(by).post(plan_url(page.pk), data)


def by_a_schedule(page: BriefPage, by: User) -> None:
    """Scheduled with the button, and left to its day."""
    soon = timezone.now() + timedelta(hours=1)
    Desk(signed_in(by), page).publish(go_live_at=f"{timezone.localtime(soon):%Y-%m-%d %H:%M}")
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    for revision in page.revisions.all():
        revision.content["go_live_at"] = None
        revision.save()
    call_command("publish_scheduled")


def by_a_schedule_past_the_button(page: BriefPage, by: User) -> None:
    schedule(page)
    call_command("publish_scheduled")


def schedule(page: BriefPage) -> None:
    """As if somebody had scheduled it before the rule was there."""
    page.revisions.filter(pk=page.latest_revision_id).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )


DOORS: dict[str, Callable[[BriefPage, User], None]] = {
    "button": by_the_button,
    "plain revision": by_a_plain_revision,
    "bulk": by_bulk,
    "bulk from above": by_bulk_from_above,
    "plan page": by_the_plan_page,
    "schedule": by_a_schedule,
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize(
    ("state", "goes_out"),
    [(unplanned, False), (planned, False), (approved, True), (by_another, True)],
)
def test_it_goes_out_by_a_door_only_when_two_have_seen_it(
    scene: Scene,
    door: Callable[[BriefPage, User], None],
    state: Callable[[Scene], User],
    goes_out: bool,
) -> None:
    redraft(scene.page)
    by = state(scene)
    door(BriefPage.objects.get(pk=scene.page.pk), by)
    assert said_now(scene.page) == (NEW if goes_out else OLD)
    assert BriefPage.objects.get(pk=scene.page.pk).version == (2 if goes_out else 1)
    assert is_scheduled(scene.page) is False


@pytest.mark.parametrize(
    ("state", "goes_out"), [(unplanned, False), (planned, False), (approved, True)]
)
def test_a_schedule_asks_again_on_its_day(
    scene: Scene, state: Callable[[Scene], User], goes_out: bool
) -> None:
    redraft(scene.page)
    state(scene)
    by_a_schedule_past_the_button(BriefPage.objects.get(pk=scene.page.pk), scene.author)
    assert said_now(scene.page) == (NEW if goes_out else OLD)


@pytest.mark.parametrize(
    ("state", "goes_out"), [(unplanned, False), (planned, False), (approved, True)]
)
def test_a_revision_that_is_brought_back_is_a_change_like_any_other(
    scene: Scene, state: Callable[[Scene], User], goes_out: bool
) -> None:
    first = scene.page.live_revision
    redraft(scene.page)
    approved(scene)
    by_the_button(scene.page, scene.author)
    assert said_now(scene.page) == NEW
    redraft(scene.page, OLD)
    state(scene)
    client = signed_in(scene.author)
    url = reverse("wagtailadmin_pages:revisions_revert", args=[scene.page.pk, first.pk])
    assert client.get(url).status_code == 200
    data = Desk(client, BriefPage.objects.get(pk=scene.page.pk)).open()
    sent = changed(data, facts__0__statement=OLD)
    sent[PUBLISH] = PUBLISH
    assert client.post(url, sent).status_code == 302
    assert said_now(scene.page) == (OLD if goes_out else NEW)


def test_what_was_written_stays_a_draft_and_leads_to_the_plan(scene: Scene) -> None:
    desk = Desk(signed_in(scene.author), scene.page)
    answer = desk.save(changed(desk.open(), facts__0__statement=NEW), PUBLISH)
    assert answer.url == plan_url(scene.page.pk)
    shown = desk.client.get(answer.url).content.decode()
    assert "Saved as a draft. Say how much this changes, and why, before it goes out." in shown
    assert NEW in shown
    assert newest(scene.page).facts.get(key="limit").statement == NEW


def test_other_words_go_out_at_once(scene: Scene) -> None:
    Desk(signed_in(scene.author), scene.page).publish(right_for="Everybody who pays.")
    assert BriefPage.objects.get(pk=scene.page.pk).right_for == "Everybody who pays."


def test_whoever_publishes_anothers_plan_is_noted_as_the_second_person(scene: Scene) -> None:
    redraft(scene.page)
    by_the_button(scene.page, by_another(scene))
    change = scene.page.changes.get(version=2)
    assert (change.author, change.approver) == (scene.author, scene.second)


def test_an_undecided_question_holds_what_two_have_seen(scene: Scene) -> None:
    redraft(scene.page)
    approved(scene)
    question_about(scene.page)
    by_the_button(scene.page, scene.author)
    assert said_now(scene.page) == OLD


def test_another_word_after_the_approval_has_to_be_planned_anew(scene: Scene) -> None:
    redraft(scene.page)
    approved(scene)
    redraft(scene.page, "You can agree up to £70 alone.")
    by_the_button(scene.page, scene.author)
    assert said_now(scene.page) == OLD


def held_entries(page: BriefPage) -> list[Any]:
    return list(PageLogEntry.objects.filter(page=page.pk, action="knowledge.publication_held"))


def test_a_held_schedule_lets_the_others_go_out(scene: Scene) -> None:
    redraft(scene.page)
    other = BriefFactory(title="Another", right_for="Before.")
    other.right_for = "After."
    other.save_revision()
    for page in (scene.page, other):
        schedule(BriefPage.objects.get(pk=page.pk))
    call_command("publish_scheduled")
    assert BriefPage.objects.get(pk=other.pk).right_for == "After."
    assert said_now(scene.page) == OLD


@pytest.mark.django_db(transaction=True)
def test_a_held_schedule_is_noted_and_told_to_the_owner_once(scene: Scene) -> None:
    redraft(scene.page)
    schedule(BriefPage.objects.get(pk=scene.page.pk))
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    assert [entry.data["reasons"] for entry in held_entries(scene.page)] == [
        ["Say how much this changes, and why, before it goes out."]
    ]
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        ([scene.author.email], "Fair Refund didn’t go out as planned")
    ]
    assert plan_url(scene.page.pk) in mail.outbox[0].body


def test_what_is_only_scheduled_makes_no_version(scene: Scene) -> None:
    new = BriefFactory(title="Not out yet", live=False)
    new.go_live_at = timezone.now() + timedelta(days=3)
    new.save_revision().publish()
    assert not new.changes.exists()


def asked(scene: Scene) -> TaskState:
    """The author asks for a second person."""
    page = BriefPage.objects.get(pk=scene.page.pk)
    page.get_workflow().start(page, scene.author)
    state: TaskState = page.current_workflow_task_state
    return state


def act(scene: Scene, by: User, action: str, **fields: str) -> Any:
    state = BriefPage.objects.get(pk=scene.page.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[scene.page.pk, action, state.pk])
    return signed_in(by).post(url, fields)


def test_approving_by_the_workflow_publishes_and_notes_who(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    asked(scene)
    assert act(scene, scene.second, "approve").status_code == 302
    assert said_now(scene.page) == NEW
    assert scene.page.changes.get(version=2).approver == scene.second


def test_nobody_approves_what_she_asked_for(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    state = asked(scene)
    act(scene, scene.author, "approve")
    state.refresh_from_db()
    assert (said_now(scene.page), state.status) == (OLD, TaskState.STATUS_IN_PROGRESS)


def test_nobody_approves_what_she_planned_though_another_asked(scene: Scene) -> None:
    redraft(scene.page)
    plan(newest(scene.page), scene.second)
    state = asked(scene)
    act(scene, scene.second, "approve")
    state.refresh_from_db()
    assert (said_now(scene.page), state.status) == (OLD, TaskState.STATUS_IN_PROGRESS)


def test_approving_with_an_undecided_question_changes_nothing_and_says_so(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    state = asked(scene)
    question_about(scene.page)
    answer = act(scene, scene.second, "approve")
    assert answer.url == plan_url(scene.page.pk)
    state.refresh_from_db()
    assert (said_now(scene.page), state.status) == (OLD, TaskState.STATUS_IN_PROGRESS)
    assert not ChangePlan.objects.get().is_approved


def test_a_change_while_approving_is_kept_as_a_draft(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    asked(scene)
    desk = Desk(signed_in(scene.second), scene.page)
    data = changed(desk.open(), facts__0__statement="You can agree up to £90 alone.")
    data["workflow-action-name"] = "approve"
    answer = desk.save(data, "action-workflow-action")
    assert answer.url == plan_url(scene.page.pk)
    assert newest(scene.page).facts.get().statement == "You can agree up to £90 alone."
    assert said_now(scene.page) == OLD


def test_only_whoever_may_approve_has_a_mail(scene: Scene) -> None:
    marketer_elsewhere = User.objects.create_superuser("root@example.com", "words-for-tests-only")
    redraft(scene.page)
    planned(scene)
    asked(scene)
    assert [sent.to for sent in mail.outbox] == [[scene.second.email]]
    assert marketer_elsewhere.email not in mail.outbox[0].to


def test_whoever_asked_reads_why_it_came_back(scene: Scene) -> None:
    redraft(scene.page)
    planned(scene)
    asked(scene)
    mail.outbox.clear()
    act(scene, scene.second, "reject", comment="Name the team that decides.")
    assert [sent.to for sent in mail.outbox] == [[scene.author.email]]
    assert "Name the team that decides." in mail.outbox[0].body
    shown = signed_in(scene.author).get(plan_url(scene.page.pk)).content.decode()
    assert "Name the team that decides." in shown
    assert said_now(scene.page) == OLD
