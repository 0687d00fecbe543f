"""A change that people must check goes out by no door before it is planned, and seen by two."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from knowledge.models import BriefPage, ChangePlan, Fact
from knowledge.publishing import PublishHeldError
from knowledge.reports import plan_url
from portal.models import User
from tests.drafting import (
    NEW,
    OLD,
    Scene,
    approved,
    by_another,
    is_scheduled,
    newest,
    planned,
    question_about,
    redraft,
    said_now,
    seen_by,
    signed_in,
    staged,
    unplanned,
)
from tests.editing import PUBLISH, Desk, changed

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("portal_site"),
    # Wagtail asks Django for the way to send mail by its old name.
    pytest.mark.filterwarnings("ignore:get_connection:PendingDeprecationWarning"),
]


@pytest.fixture
def scene() -> Scene:
    return staged()


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
    client = signed_in(by)
    data = {"do": "publish", "seen": seen_by(client, page)}
    said = ChangePlan.objects.filter(brief=page).first()
    if said:
        data |= {"kind": said.kind, "reason": said.reason, "grace_days": str(said.grace_days)}
        data |= {f"question-{each.question_id}": each.choice for each in said.decisions.all()}
    client.post(plan_url(page.pk), data)


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
    [(unplanned, False), (planned, False), (approved, True)],
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


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_second_person_vouches_only_where_she_sees_what_for(
    scene: Scene, door: Callable[[BriefPage, User], None]
) -> None:
    redraft(scene.page)
    door(BriefPage.objects.get(pk=scene.page.pk), by_another(scene))
    shows_it = door in (by_a_plain_revision, by_the_plan_page)
    assert said_now(scene.page) == (NEW if shows_it else OLD)


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
    by_the_plan_page(scene.page, by_another(scene))
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


def test_a_copy_is_a_draft_with_versions_of_its_own(scene: Scene) -> None:
    data = {"new_title": "Copy", "new_slug": "copy", "publish_copies": "on", "alias": "on"}
    data["new_parent_page"] = str(scene.page.get_parent().pk)
    client = signed_in(scene.author)
    client.post(reverse("wagtailadmin_pages:copy", args=[scene.page.pk]), data)
    copy = BriefPage.objects.get(slug="copy")
    assert (copy.live, copy.alias_of, copy.changes.count()) == (False, None, 0)
    Desk(client, copy).publish()
    assert copy.changes.get().kind == "first"
    Desk(client, copy).publish(facts__0__statement=NEW)
    assert Fact.objects.get(brief_id=copy.pk).statement == OLD


def test_what_was_unpublished_comes_back_only_as_it_was(scene: Scene) -> None:
    scene.page.unpublish()
    redraft(scene.page)
    by_the_button(BriefPage.objects.get(pk=scene.page.pk), scene.author)
    assert not BriefPage.objects.get(pk=scene.page.pk).live


@pytest.mark.parametrize("action", ["publish", "revert_to_page_revision", "copy_for_translation"])
def test_the_editors_interface_for_programs_acts_on_nothing(scene: Scene, action: str) -> None:
    redraft(scene.page)
    approved(scene)
    url = f"/cms/api/main/pages/{scene.page.pk}/action/{action}/"
    assert signed_in(scene.author).post(url).status_code == 404
    assert said_now(scene.page) == OLD
