"""What is noted when a campaign is planned, let out or held; and who is told that it was held."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Revision

from knowledge.actions.letters import email_of, send_letter
from knowledge.publishing import Obstacle, is_played
from quizzes.days import organisation_day
from strategy.models import Campaign, GateEntry
from strategy.reports.gates import Gates
from strategy.reports.plans import plan_of

HELD = "strategy.launch_held"
LONGEST_NOTE = 400


def note_plan(*, campaign: Campaign, by: Any, at: datetime) -> None:
    write_entry(campaign, GateEntry.Kind.PLANNED, by=by, at=at)


def note_launch(*, revision: Revision, by: Any, was_live: bool, at: datetime) -> None:
    """Other words of what is out already are no launch."""
    due = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False)
    is_scheduled = due.exists()
    if was_live and not is_scheduled:
        return
    draft = revision.as_object()
    plan = plan_of(draft)
    gate = Gates([plan], on=organisation_day(at)).of(plan)
    kind = GateEntry.Kind.SCHEDULED if is_scheduled else GateEntry.Kind.LAUNCHED
    write_entry(draft, kind, by=by, at=at, figures=(gate.met, len(gate.checks)))


@transaction.atomic
def hold_launch(
    *, campaign: Campaign, revision: Revision, obstacles: Sequence[Obstacle], at: datetime
) -> None:
    """Leaves the draft a draft, notes why, and tells whoever brings it to its launch, once.

    A schedule forgets its moment: else it would try again, and mail again, every few minutes.
    """
    scheduled = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False)
    was_scheduled = bool(scheduled.update(approved_go_live_at=None))
    newest = campaign.gate_entries.first()
    if not was_scheduled and newest is not None and newest.kind == GateEntry.Kind.HELD:
        return
    reasons = [str(obstacle.text) for obstacle in obstacles]
    draft = revision.as_object()
    log(instance=campaign, action=HELD, data={"reasons": reasons}, revision=revision)
    write_entry(draft, GateEntry.Kind.HELD, by=None, at=at, note=" ".join(reasons))
    if not is_played():
        transaction.on_commit(lambda: tell_owner(draft, revision, reasons), robust=True)


def write_entry(
    campaign: Campaign,
    kind: str,
    *,
    by: Any,
    at: datetime,
    note: str = "",
    figures: tuple[int | None, int | None] = (None, None),
) -> None:
    """`figures` are how many of the checks were met, and how many there are."""
    met, checks = figures
    GateEntry.objects.create(
        campaign_id=campaign.pk,
        kind=kind,
        at=at,
        by=by,
        launches_on=campaign.launches_on,
        met=met,
        checks=checks,
        note=note[:LONGEST_NOTE],
    )


def tell_owner(campaign: Campaign, revision: Revision, reasons: Sequence[str]) -> None:
    """In the owner's own language; whoever else answers for it, where the owner has left."""
    people = (campaign.owner, campaign.sponsor, revision.user)
    reached = next((person for person in people if email_of(person)), None)
    context = {
        "campaign": campaign,
        "reasons": reasons,
        "base_url": settings.BASE_URL,
        "gate_path": reverse("strategy:gate-detail", args=[campaign.stored_slug]),
    }
    send_letter("strategy/email/held", context, to=reached)
