"""Whether each department said that it can do its part, for which version of which brief.

Days are offsets from the anchor.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from departments.actions.sign_offs import sign_link
from departments.models import Department, Headship, Link, SignOff
from knowledge.models import BriefPage, PromisePage
from knowledge.workdays import workday_after
from portal.demo.handoffs import moment

FINANCE, SALES = "Finance & Billing", "Sales & Shops"


@dataclass(frozen=True, slots=True)
class Round:
    """Everybody on a thread was asked for one version; one after the other said yes, but for `but`.

    `from_day` is the day from which they can, where it isn't at once.
    """

    promise: str
    brief: str
    version: int
    first_day: int
    from_day: int | None = None
    but: tuple[str, str] = ("", "")


ROUNDS = (
    Round("switch-in-five", "switch-in-five", 2, -90),
    Round("price-lock", "price-lock-24", 3, -150),
    Round("person-in-two", "person-in-two", 2, -44),
    Round("full-speed-at-eight", "home-fibre-300", 2, -120),
    Round(
        "fair-refund",
        "fair-refund",
        3,
        -36,
        but=(FINANCE, "The Thursday run can’t do it. A daily run is being prepared."),
    ),
    Round(
        "fair-refund",
        "fair-refund",
        4,
        -4,
        from_day=17,
        but=(FINANCE, "The pilot of a daily run starts on {day}."),
    ),
    Round(
        "whole-home-wi-fi",
        "whole-home-wi-fi",
        1,
        -9,
        but=(SALES, "Two shops are short of people until Christmas."),
    ),
)
PILOT_DAY = 3


def sign_threads(anchor: date) -> None:
    for asked in ROUNDS:
        sign_round(asked, anchor)


def sign_round(asked: Round, anchor: date) -> None:
    promise = PromisePage.objects.get(slug=asked.promise)
    brief = BriefPage.objects.get(slug=asked.brief)
    ready_on = None if asked.from_day is None else anchor + timedelta(days=asked.from_day)
    for day, department in signing_days(promise, anchor, asked.first_day):
        is_not_yet = department.name == asked.but[0]
        pilot_on = anchor + timedelta(days=PILOT_DAY)
        sign_link(
            promise=promise,
            department=department,
            brief=brief,
            version=asked.version,
            says=SignOff.Says.NOT_YET if is_not_yet else SignOff.Says.CAN,
            from_on=None if is_not_yet else ready_on,
            because=asked.but[1].format(day=f"{pilot_on:%A} {pilot_on.day} {pilot_on:%B}")
            if is_not_yet
            else "",
            by=Headship.objects.get(department=department, kind=Headship.Kind.HEAD).person,
            at=moment(anchor, day),
        )


def signing_days(
    promise: PromisePage, anchor: date, first_day: int
) -> Iterator[tuple[int, Department]]:
    """One department after the other, on working days."""
    before = anchor + timedelta(days=first_day - 1)
    links = Link.objects.filter(promise=promise).select_related("department")
    for place, link in enumerate(links.order_by("sort_order"), start=1):
        yield (workday_after(before, place) - anchor).days, link.department
