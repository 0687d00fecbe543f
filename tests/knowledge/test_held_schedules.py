"""What is due to go out by itself asks once more on its day, and stops nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from knowledge.models import BriefPage
from knowledge.reports import plan_url
from portal.models import User
from tests.drafting import (
    NEW,
    OLD,
    Scene,
    approved,
    planned,
    redraft,
    said_now,
    signed_in,
    staged,
    unplanned,
)
from tests.factories import BriefFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


@pytest.fixture
def scene() -> Scene:
    return staged()


def schedule(page: BriefPage) -> None:
    """As if somebody had scheduled it before the rule was there."""
    page.revisions.filter(pk=page.latest_revision_id).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )


@pytest.mark.parametrize(
    ("state", "goes_out"), [(unplanned, False), (planned, False), (approved, True)]
)
def test_a_schedule_asks_again_on_its_day(
    scene: Scene, state: Callable[[Scene], User], goes_out: bool
) -> None:
    redraft(scene.page)
    state(scene)
    schedule(BriefPage.objects.get(pk=scene.page.pk))
    call_command("publish_scheduled")
    assert said_now(scene.page) == (NEW if goes_out else OLD)


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


def test_a_schedule_that_was_taken_back_stays_back(scene: Scene) -> None:
    redraft(scene.page)
    approved(scene)
    schedule(BriefPage.objects.get(pk=scene.page.pk))
    revision = BriefPage.objects.get(pk=scene.page.pk).latest_revision_id
    url = reverse("wagtailadmin_pages:revisions_unschedule", args=[scene.page.pk, revision])
    signed_in(scene.author).post(url)
    call_command("publish_scheduled")
    assert said_now(scene.page) == OLD
