"""Plays the months' questions: who believed in Fair Refund, and what is asked now.

The month of the anchor was asked about early and is over on the day before it, so that its figures
can be shown; the next month's question opens on the anchor. Nobody's answer is told by a file: who
of a department gave which answer is chance, with one seed, and is forgotten as everywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings

from departments.actions.pulse import answer_pulse, close_pulse
from departments.models import Belief, Membership, Pulse
from knowledge.models import PromisePage
from knowledge.workdays import is_workday
from portal.demo.accounts import SIGN_INS
from portal.models import User
from quizzes.days import month_after

SEED = 83_000
A_DAY = timedelta(days=1)
OTHERS = "Others"
# Who says how many of ten customers got it: two of three.
SHARE_ESTIMATING = 0.67


@dataclass(frozen=True, slots=True)
class Span:
    """A month and the days on which its question is open."""

    month: date
    opens_on: date
    closes_on: date


def play_beliefs(file: Path, anchor: date) -> None:
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    rng = Random(SEED)
    teams = dict.fromkeys(told["departments"])
    names = {team: told["others"] if team == OTHERS else [team] for team in teams}
    spans = spans_until(anchor, len(told["months"]))
    for span, month in zip(spans, told["months"], strict=True):
        close_pulse(play_month(span, told["promise"], month, names, rng))
    ahead = Span(month_after(anchor), anchor, month_after(month_after(anchor)) - A_DAY)
    play_month(ahead, told["open"]["promise"], told["open"], names, rng, but=signing_in())


def spans_until(anchor: date, count: int) -> list[Span]:
    """The anchor's month and those before, the oldest first; none is open beside another."""
    firsts = [anchor.replace(day=1)]
    while len(firsts) < count:
        firsts.insert(0, (firsts[0] - A_DAY).replace(day=1))
    opening = [first_workday(first) for first in firsts]
    opening[-1] = min(opening[-1], anchor - 3 * A_DAY)
    closing = [*(day - A_DAY for day in opening[1:]), anchor - A_DAY]
    ends = [month_after(first) - A_DAY for first in firsts]
    return [
        Span(first, opens_on, min(end, closes_on))
        for first, opens_on, end, closes_on in zip(firsts, opening, ends, closing, strict=True)
    ]


def play_month(
    span: Span,
    promise: str,
    month: Mapping[str, Any],
    names: Mapping[str, Sequence[str]],
    rng: Random,
    but: frozenset[str] = frozenset(),
) -> Pulse:
    pulse = Pulse.objects.create(
        promise=PromisePage.objects.get(slug=promise),
        month=span.month,
        opens_on=span.opens_on,
        closes_on=span.closes_on,
    )
    at = datetime.combine(span.opens_on, time(10, 20), ZoneInfo(settings.TIME_ZONE))
    words = list(month["words"])
    for counts, departments in zip(month["answers"], names.values(), strict=True):
        people = people_of(departments, span.opens_on, but)
        asked = rng.sample(people, sum(counts))
        for person, belief in zip(asked, beliefs(counts), strict=True):
            says = words.pop() if words and belief != Belief.YES else ""
            answer_pulse(
                pulse=pulse,
                person=person,
                belief=belief,
                at=at,
                of_ten=estimate(month["of_ten"], rng),
                words=says,
            )
    return pulse


def beliefs(counts: Sequence[int]) -> Iterator[str]:
    for belief, count in zip(Belief.values, counts, strict=True):
        yield from [belief] * count


def estimate(about: int, rng: Random) -> int | None:
    if rng.random() > SHARE_ESTIMATING:
        return None
    return min(10, max(0, about + rng.choice((-1, 0, 0, 1))))


def people_of(departments: Sequence[str], on: date, but: frozenset[str]) -> list[User]:
    members = Membership.objects.current(on=on).filter(department__name__in=departments)
    people = User.objects.filter(pk__in=members.values("person")).exclude(email__in=but)
    return list(people.order_by("email"))


def signing_in() -> frozenset[str]:
    return frozenset(sign_in.email for sign_in in SIGN_INS)


def first_workday(day: date) -> date:
    while not is_workday(day):
        day += A_DAY
    return day
