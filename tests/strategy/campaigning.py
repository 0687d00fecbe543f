"""A campaign, a gate that a test opens and shuts, and the doors at which somebody may stand."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.actions import action_registry
from wagtail.models import Revision, TaskState

from knowledge.publishing import Obstacle
from portal.models import User
from strategy.launching import LaunchHeldError
from strategy.models import Campaign, GateEntry, Override
from tests.conftest import NOW
from tests.factories import TODAY, CampaignFactory, PersonFactory

SENTENCE = "Not yet. 2 of 4 checks are met."
PUBLISH = "action-publish"


@dataclass
class Gate:
    """Shut, in one sentence, unless two people agreed to launch anyway."""

    shut: set[str] = field(default_factory=set)

    def __call__(self, draft: Any) -> Sequence[Obstacle]:
        agreed = Override.objects.agreed().filter(campaign=draft.pk).exists()
        return [Obstacle(SENTENCE)] if draft.title in self.shut and not agreed else []


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def marketer(**names: str) -> User:
    made: User = PersonFactory(groups=["Marketing"], **names)
    return made


def drafted(title: str = "Money back", **fields: Any) -> Campaign:
    """Due today, so that what is let out is out at once."""
    campaign: Campaign = CampaignFactory(title=title, **{"launches_on": TODAY, **fields})
    return campaign


def edit_url(campaign: Campaign) -> str:
    return reverse("wagtailsnippets_strategy_campaign:edit", args=[campaign.pk])


def written(campaign: Campaign, **fields: Any) -> dict[str, Any]:
    """What a browser sends of the editor's form."""
    sent = {
        "title": campaign.title,
        "slug": campaign.slug,
        "hears": campaign.hears,
        "expectation": campaign.expectation,
        "promises": [promise.pk for promise in campaign.promises.all()],
        "brief": campaign.brief_id,
        "brief_version": campaign.brief_version,
        "launches_on": campaign.launches_on.isoformat(),
        "sponsor": campaign.sponsor_id,
        "owner": campaign.owner_id,
        **fields,
    }
    return {name: value for name, value in sent.items() if value is not None}


def agree_anyway(campaign: Campaign, second: User) -> None:
    Override.objects.create(
        campaign=campaign,
        reason="The season ends.",
        tells_customers="We pay the day after.",
        review_on=TODAY,
        covers=["know", "signed", "deliver", "flags"],
        launches_on=campaign.launches_on,
        asked_by=campaign.owner,
        asked_at=NOW,
        second=second,
        agreed_at=NOW,
    )


def asked_for(campaign: Campaign, by: User) -> TaskState:
    campaign.get_workflow().start(campaign, by)
    state: TaskState = campaign.current_workflow_task_state
    return state


def stored(campaign: Campaign) -> Campaign:
    found: Campaign = Campaign.objects.get(pk=campaign.pk)
    return found


def is_out(campaign: Campaign) -> bool:
    return stored(campaign).live


def scheduled_on(campaign: Campaign) -> Any:
    """The moment at which it is due to go out by itself."""
    due = Revision.objects.for_instance(campaign).filter(approved_go_live_at__isnull=False)
    return due.values_list("approved_go_live_at", flat=True).first()


def entries(campaign: Campaign) -> list[str]:
    """What is on record at its gate, the oldest first."""
    kinds = GateEntry.objects.filter(campaign=campaign).order_by("at", "pk")
    return list(kinds.values_list("kind", flat=True))


def told(answer: Any) -> str:
    """The messages that the editor shows next."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def by_the_button(campaign: Campaign, by: User) -> Any:
    return signed_in(by).post(edit_url(campaign), {**written(campaign), PUBLISH: PUBLISH})


def by_a_new_draft(campaign: Campaign, by: User) -> Any:
    """Written and sent out in one, without a draft before."""
    sent = written(campaign)
    Campaign.objects.filter(pk=campaign.pk).delete()
    add = reverse("wagtailsnippets_strategy_campaign:add")
    return signed_in(by).post(add, {**sent, PUBLISH: PUBLISH})


def by_the_dashboard(campaign: Campaign, by: User) -> Any:
    state = asked_for(campaign, marketer())
    name = "wagtailsnippets_strategy_campaign:workflow_action"
    return signed_in(by).post(reverse(name, args=[campaign.pk, "approve", state.pk]))


def by_the_editors_approval(campaign: Campaign, by: User) -> Any:
    asked_for(campaign, marketer())
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    return signed_in(by).post(edit_url(campaign), {**written(campaign), **action})


def by_an_old_version(campaign: Campaign, by: User) -> Any:
    first = campaign.latest_revision
    campaign.save_revision()
    name = "wagtailsnippets_strategy_campaign:revisions_revert"
    url = reverse(name, args=[campaign.pk, first.pk])
    return signed_in(by).post(url, {**written(campaign), PUBLISH: PUBLISH})


def by_a_plain_revision(campaign: Campaign, by: User) -> None:
    with suppress(LaunchHeldError, PermissionDenied):
        stored(campaign).latest_revision.publish(user=by)


def by_a_program(campaign: Campaign, by: User) -> None:
    """What Wagtail's interface for programs does, should anybody open it."""
    edit = action_registry.get_action_class(Campaign, "edit")
    with suppress(LaunchHeldError, PermissionDenied):
        edit(stored(campaign), user=by, publish=True).execute()


def by_coming_back(campaign: Campaign, by: User) -> Any:
    """Unpublished once, and sent out anew."""
    Campaign.objects.filter(pk=campaign.pk).update(live=True)
    stored(campaign).unpublish()
    return by_the_button(stored(campaign), by)


type Door = Callable[[Campaign, User], Any]
DOORS: dict[str, Door] = {
    "button": by_the_button,
    "new draft": by_a_new_draft,
    "approval on the dashboard": by_the_dashboard,
    "approval in the editor": by_the_editors_approval,
    "old version": by_an_old_version,
    "plain revision": by_a_plain_revision,
    "program": by_a_program,
    "back again": by_coming_back,
}


def launch_day(campaign: Campaign, day: date) -> Campaign:
    campaign.launches_on = day
    campaign.save()
    campaign.save_revision()
    return campaign
