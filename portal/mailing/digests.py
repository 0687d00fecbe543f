"""When a mail goes out, and what it says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from departments.readiness import Period
from knowledge.workdays import is_workday
from portal.mailing.obligations import A_DAY, A_WEEK, About, Obligation, Reason, Step, Turn

REFUSED_PAUSE = A_WEEK
FARTHEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class MailRules:
    """The organisation's hours, in its own time; `since` is when mails were switched on."""

    since: date
    earliest: time = time(8)
    latest: time = time(17)
    on_weekends: bool = False
    heads_on: int = 0

    def writes_on(self, day: date) -> bool:
        return self.on_weekends or is_workday(day)

    def writes_at(self, moment: datetime) -> bool:
        """Whether a mail may go out at this moment of the organisation's time."""
        return self.writes_on(moment.date()) and self.earliest <= moment.time() < self.latest

    def next_opening(self, moment: datetime) -> datetime:
        """The next moment at which the hours begin; the zone stays that of `moment`."""
        day = moment.date() if moment.time() < self.earliest else moment.date() + A_DAY
        while not self.writes_on(day):
            day += A_DAY
        return datetime.combine(day, self.earliest, tzinfo=moment.tzinfo)


@dataclass(frozen=True, slots=True)
class Reader:
    """All that decides about a person's next mail."""

    obligations: tuple[Obligation, ...]
    told: frozenset[Reason] = frozenset()
    leave: tuple[Period, ...] = ()
    wants_digest: bool = True
    # The day of her latest digest, sent or on its way.
    mailed_on: date | None = None
    refused_on: date | None = None

    def is_away(self, day: date) -> bool:
        return any(leave.contains(day) for leave in self.leave)

    def back_on(self, day: date) -> date | None:
        """The first day at work after the leave in which `day` lies; none without an end."""
        ends = (leave.ends_on for leave in self.leave if leave.contains(day))
        return next((last + A_DAY for last in ends if last), None)

    def may_get_mail(self, day: date) -> bool:
        is_paused = self.refused_on is not None and day < self.refused_on + REFUSED_PAUSE
        return self.wants_digest and not is_paused and not self.is_away(day)


@dataclass(frozen=True, slots=True)
class Digest:
    """What one mail tells: what is new in it, and everything that is open beside it."""

    news: tuple[Obligation, ...]
    rest: tuple[Obligation, ...]
    reasons: tuple[Reason, ...]

    @property
    def all(self) -> tuple[Obligation, ...]:
        return self.news + self.rest

    def without(self, about: About) -> "Digest | None":
        """The same mail when one thing turns out to have nothing in it."""
        kept = tuple(one for one in self.news if one.about is not about)
        rest = tuple(one for one in self.rest if one.about is not about)
        return replace(self, news=kept, rest=rest) if kept else None


@dataclass(frozen=True, slots=True)
class NextMail:
    """The day on which somebody hears of an obligation next."""

    obligation: Obligation
    turn: Turn
    on: date


def week_of_a_head(on: date, rules: MailRules) -> Obligation:
    """That of the week in which `on` lies; a morning that was missed is made up for till Sunday."""
    monday = on - on.weekday() * A_DAY
    begins = Step(Turn.BEGINS, monday + rules.heads_on * A_DAY, monday.isoformat())
    return Obligation(About.TEAM, 0, (begins,), last=monday + 6 * A_DAY)


def digest_for(reader: Reader, on: date, rules: MailRules) -> Digest | None:
    """What one mail on this day says, if there is anything new to say."""
    if not reader.may_get_mail(on) or (reader.mailed_on is not None and reader.mailed_on >= on):
        return None
    opened = [one for one in reader.obligations if one.reached(on)]
    news = [one for one in opened if _untold(one, reader, rules, by=on)]
    if not news:
        return None
    return Digest(
        news=_by_urgency(news),
        rest=_by_urgency(one for one in opened if one not in news),
        reasons=tuple(one.reason(step) for one in opened for step in one.reached(on)),
    )


def next_mails(reader: Reader, at: datetime, rules: MailRules) -> list[NextMail]:
    """For each obligation of which she will hear, when she does next; the nearest first."""
    if not reader.wants_digest:
        return []
    first = _first_day(reader, at, rules)
    found = [_next_mail(one, reader, first, rules) for one in reader.obligations]
    return sorted(filter(None, found), key=lambda mail: (mail.on, _urgency(mail.obligation)))


def _next_mail(one: Obligation, reader: Reader, first: date, rules: MailRules) -> NextMail | None:
    for step in sorted(_untold(one, reader, rules), key=lambda step: step.on):
        day = _morning(reader, max(step.on, first), rules)
        if day is not None and one.holds_on(day):
            return NextMail(one, one.reached(day)[-1].turn, day)
    return None


def _first_day(reader: Reader, at: datetime, rules: MailRules) -> date:
    """Today, unless today's mail has gone out or the hours are over."""
    today = at.date()
    is_over = at.time() >= rules.latest or reader.mailed_on == today
    return today + A_DAY if is_over else today


def _morning(reader: Reader, day: date, rules: MailRules) -> date | None:
    """The first day from `day` on on which she may get a mail; none where leave has no end."""
    last = day + FARTHEST
    while not (rules.writes_on(day) and reader.may_get_mail(day)):
        day += A_DAY
        if day > last:
            return None
    return day


def _untold(one: Obligation, reader: Reader, rules: MailRules, by: date = date.max) -> list[Step]:
    return [
        step
        for step in one.steps
        if rules.since <= step.on <= by and one.reason(step) not in reader.told
    ]


def _by_urgency(obligations: Iterable[Obligation]) -> tuple[Obligation, ...]:
    return tuple(sorted(obligations, key=_urgency))


def _urgency(one: Obligation) -> tuple[int, date, int]:
    return (list(About).index(one.about), one.day or date.max, one.key)
