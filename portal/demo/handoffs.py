"""What departments need of each other and of those above, and how Care rated what it got.

Days are offsets from the anchor, a Friday; months are counted back from the anchor's own.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from departments.actions.asking_time import ask_for_time
from departments.actions.handoffs import (
    Agreed,
    answer_need,
    close_rating,
    post_need,
    reply_to_rating,
    sign_rating,
)
from departments.models import Department, Need
from knowledge.models import ModulePage, PromisePage
from portal.demo.placeholders import month_from
from portal.models import User

INES = "ines.callowhart@wrenfield.example"
RUTH = "ruth.ferncastle@wrenfield.example"
TOBIN = "tobin.raskelle@wrenfield.example"
CARE, FINANCE, SALES = "Customer Care", "Finance & Billing", "Sales & Shops"
FAIR_REFUND, WHOLE_HOME = "fair-refund", "whole-home-wi-fi"

# Complete, on time, clear; before, in and after the month in which the refund run changed.
AGREED = (
    (5, (5, 4, 4), "Refunds go out the next day. Please keep it so."),
    (4, (5, 4, 4), "The reason code would save us a call."),
    (3, (4, 2, 4), "Tell us when the run changes, before customers do."),
    (2, (3, 1, 3), "We need the pay-out date on the day we agree a refund."),
    (1, (2, 1, 3), "We need the pay-out date on the day we agree a refund."),
    (0, (2, 1, 3), "The pay-out date, the same day."),
)
REPLIES = {
    3: "An audit found duplicates, so the run is weekly for now. We should have told you.",
    1: "A daily run of small refunds is planned. Please check accounts before you approve.",
}


def hand_over(anchor: date) -> None:
    """Plays needs, ratings and what was replied."""
    care, finance = (Department.objects.get(name=name) for name in (CARE, FINANCE))
    refund = PromisePage.objects.get(slug=FAIR_REFUND)
    ines, ruth = (User.objects.get(email=email) for email in (INES, RUTH))
    payout = post_need(
        department=care,
        supplier=finance,
        promise=refund,
        text="The pay-out date, the same day",
        why="Customers ask for it on the call, and ring again when nobody can say.",
        by=ines,
        at=moment(anchor, -78),
    )
    answer_need(
        need=payout,
        state=Need.State.NOT_YET,
        reply="Runs are weekly since the audit. A pilot of a daily run is being prepared.",
        by=ruth,
        at=moment(anchor, -37),
    )
    post_need(
        department=finance,
        supplier=care,
        promise=refund,
        text="Account details checked before approval",
        why="27 refunds came back to us because of a wrong account.",
        by=ruth,
        at=moment(anchor, -1),
    )
    for months, points, sentence in AGREED:
        at = day_of_month(anchor, months)
        rating = sign_rating(
            supplier=finance,
            receiver=care,
            promise=refund,
            agreed=Agreed(*points, sentence=sentence, people=9),
            by=ines,
            at=at,
        )
        if reply := REPLIES.get(months):
            reply_to_rating(rating=rating, reply=reply, by=ruth, at=at + timedelta(days=3))
        if months:
            close_rating(rating=rating, at=at + timedelta(days=20))


def ask_time(anchor: date) -> None:
    """Sales asks those above it for more time for the newest module."""
    ask_for_time(
        department=Department.objects.get(name=SALES),
        module=ModulePage.objects.get(slug=WHOLE_HOME),
        until=anchor + timedelta(days=31),
        reason="Two shops are short of people until Christmas. A week after it, all can be ready.",
        by=User.objects.get(email=TOBIN),
        at=moment(anchor, -1),
    )


def moment(anchor: date, day: int) -> datetime:
    on = anchor + timedelta(days=day)
    return datetime.combine(on, time(11, 40), ZoneInfo(settings.TIME_ZONE))


def day_of_month(anchor: date, months: int) -> datetime:
    """Early in the month that lies so many months before the anchor's; never after the anchor."""
    on = month_from(anchor, -months).replace(day=3)
    return datetime.combine(min(on, anchor), time(15), ZoneInfo(settings.TIME_ZONE))
