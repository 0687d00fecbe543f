"""What marketing plans to tell customers, who was asked to get ready, and one launch of the summer
that two people let out although its gate was closed.

Days are offsets from the anchor.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from wagtail.models import DraftStateMixin

from knowledge.models import BriefPage, Channel, PromisePage, Segment
from knowledge.publishing import going_live_at
from portal.demo.handoffs import RUTH, moment
from portal.models import User
from strategy.actions.asking_links import ask_links
from strategy.importers.campaigns import import_campaigns
from strategy.models import Campaign, GateEntry, Override

AMARA = "amara.vellacott-iyer@wrenfield.example"
EILIDH = "eilidh.farrowden@wrenfield.example"
MONEY_BACK = "money-back-no-quibble"
SEGMENTS = {
    "Homes that have us": "Whoever pays a bill of ours today.",
    "Busy homes": "Several people online at once, in the evening.",
}
CHANNELS = {
    "Website": Channel.Kind.DIGITAL,
    "App": Channel.Kind.DIGITAL,
    "Posters and brochures": Channel.Kind.PHYSICAL,
    "Shops": Channel.Kind.PERSON,
}
PLANNED, ASKED = -11, -4


@dataclass(frozen=True, slots=True)
class Forced:
    """The days of the launch that was let out by agreement."""

    planned: int = -158
    asked: int = -135
    agreed: int = -134
    launched: int = -130
    review_due: int = -95
    reviewed: int = -94


REASON = "The summer price list is printed, and the price lock is why people choose us."
TELLS = "Your price is locked. If the first bill says otherwise, we put it right on the same call."
REVIEW = (
    "It went well. Digital’s check of the first bills was ready six days after the launch; "
    "2 of 1,250 bills were wrong, and both were put right on the call."
)


def speak_to_markets() -> None:
    for name, description in SEGMENTS.items():
        Segment.objects.get_or_create(name=name, defaults={"description": description})
    for name, kind in CHANNELS.items():
        Channel.objects.get_or_create(name=name, defaults={"kind": kind})


def plan_launches(file: Path, anchor: date) -> None:
    speak_to_markets()
    with going_live_at(moment(anchor, PLANNED)):
        import_campaigns(file)


def ask_for_money_back(anchor: date) -> None:
    """Those on the thread are asked to get ready for version 4."""
    campaign = Campaign.objects.get(slug=MONEY_BACK)
    with going_live_at(moment(anchor, ASKED)):
        ask_links(campaign=campaign, by=User.objects.get(email=AMARA), at=moment(anchor, ASKED))


def launch_summer_sale(anchor: date) -> None:
    """Digital hadn't signed yet. Its gate of that day can't be asked any more, so what it said is
    written down here.
    """
    days = Forced()
    amara, ruth = (User.objects.get(email=email) for email in (AMARA, RUTH))
    launched_on = anchor + timedelta(days=days.launched)
    campaign = summer_sale(launched_on, amara)
    with going_live_at(moment(anchor, days.planned)):
        revision = campaign.save_revision(user=amara)
    # Its own door would ask, and write down, what its gate says today.
    DraftStateMixin.publish(campaign, revision, user=amara)
    at = moment(anchor, days.launched)
    Campaign.objects.filter(pk=campaign.pk).update(first_published_at=at, last_published_at=at)
    Override.objects.create(
        campaign=campaign,
        reason=REASON,
        tells_customers=TELLS,
        review_on=anchor + timedelta(days=days.review_due),
        covers=["signed"],
        saw={"signed": "Signed: not all have signed"},
        launches_on=launched_on,
        asked_by=amara,
        asked_at=moment(anchor, days.asked),
        second=ruth,
        agreed_at=moment(anchor, days.agreed),
        reviewed_by=ruth,
        reviewed_at=moment(anchor, days.reviewed),
        review=REVIEW,
    )
    kinds = GateEntry.Kind
    for kind, day, by, note in (
        (kinds.OVERRIDE_ASKED, days.asked, amara, REASON),
        (kinds.OVERRIDE_AGREED, days.agreed, ruth, ""),
        (kinds.LAUNCHED, days.launched, amara, ""),
        (kinds.REVIEWED, days.reviewed, ruth, REVIEW),
    ):
        GateEntry.objects.create(
            campaign=campaign,
            kind=kind,
            at=moment(anchor, day),
            by=by,
            launches_on=launched_on,
            met=None if kind == kinds.REVIEWED else 3,
            checks=None if kind == kinds.REVIEWED else 4,
            note=note,
        )


def summer_sale(launches_on: date, owner: User) -> Campaign:
    campaign = Campaign(
        title="Price Lock summer sale",
        slug="price-lock-summer-sale",
        hears="Sign up now: the price on your first bill is your price for two years.",
        expectation="My bill stays the same until the summer after next.",
        brief=BriefPage.objects.get(slug="price-lock-24"),
        brief_version=3,
        launches_on=launches_on,
        sponsor=owner,
        owner=User.objects.get(email=EILIDH),
    )
    campaign.promises.set([PromisePage.objects.get(slug="price-lock")])
    campaign.save()
    return campaign
