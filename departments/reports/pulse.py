"""What colleagues answered to the months' questions: one function for page, file, data and panel.

Only a month that is over and put together is told, and from then on always in the same way: a count
that grew while people watch would tell what each of them said. What may be told of it at all is
decided by `departments.beliefs`. Everybody is shown the same.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery

from departments.beliefs import OTHER_TEAMS, Picture, Said, Told, picture, rounded_mean
from departments.models import (
    Department,
    Membership,
    Pulse,
    PulseAnswer,
    PulseTurnout,
    PulseWord,
    TeamBelief,
)
from knowledge.models import PromisePage

MOST_MONTHS = 12
# As many of a month's words as somebody reads; which ones is chance.
MOST_WORDS = 60
SECONDS_KEPT = 90 * 24 * 60 * 60
NOTHING = Picture()


@dataclass(frozen=True, slots=True)
class Group:
    """A department, or the other teams, whose name is empty, and what is told of it."""

    name: str
    told: Told


@dataclass(frozen=True, slots=True)
class Kept:
    """What a month holds once it is put together; it never changes again."""

    picture: Picture = NOTHING
    asked: int = 0
    of_ten: int | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A promise and a month: what colleagues said of it, in groups.

    `asked` are those who could answer on its last day. `of_ten` is how many of ten customers got
    it, as colleagues see it. `words` are masked and in no order. `teams` are what teams agreed on,
    signed. `is_closing` says that the answers are still to be put together.
    """

    pulse: Pulse
    total: Told | None
    groups: tuple[Group, ...]
    asked: int
    of_ten: int | None
    words: tuple[str, ...]
    teams: tuple[TeamBelief, ...]
    is_open: bool
    is_closing: bool

    @property
    def promise(self) -> PromisePage:
        return self.pulse.promise

    @property
    def is_worth_a_line(self) -> bool:
        """The running month only where teams speak openly."""
        return bool(self.teams) or not self.is_open


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, whether its answers are still to be put together, and any one of their keys."""

    pulse: Pulse
    is_waiting: bool
    mark: UUID | None


def results_on(pulse: Pulse) -> date:
    """The day on which its results appear: usually the first of the next month."""
    return pulse.closes_on + timedelta(days=1)


def months_told(*, on: date, promise: PromisePage | None = None) -> list[Month]:
    """The newest months first. Three queries, and four for each month when it is first read."""
    questions = _questions(on, promise)
    names = dict(Department.objects.values_list("pk", "name"))
    teams = _teams([asked.pulse for asked in questions])
    months = (_month(asked, on, names, teams[asked.pulse.pk]) for asked in questions)
    return [month for month in months if month.is_worth_a_line]


def _questions(on: date, promise: PromisePage | None) -> list[Asked]:
    waiting = PulseTurnout.objects.filter(pulse=OuterRef("pk"))
    # Putting a month together gives its answers new keys: any one of them marks what was kept.
    answers = PulseAnswer.objects.filter(pulse=OuterRef("pk")).values("pk")
    pulses = (
        Pulse.objects.filter(opens_on__lte=on, promise__in=PromisePage.objects.open_to_colleagues())
        .select_related("promise")
        .annotate(is_waiting=Exists(waiting), mark=Subquery(answers[:1]))
        .order_by("-month")
    )
    narrowed = pulses if promise is None else pulses.filter(promise=promise)
    return [Asked(pulse, pulse.is_waiting, pulse.mark) for pulse in narrowed[:MOST_MONTHS]]


def _month(asked: Asked, on: date, names: Mapping[int, str], teams: Sequence[TeamBelief]) -> Month:
    is_open = asked.pulse.closes_on >= on
    is_closing = not is_open and asked.is_waiting
    kept = Kept() if is_open or is_closing else _kept(asked)
    told = kept.picture.total
    return Month(
        pulse=asked.pulse,
        total=told,
        groups=tuple(_named(kept.picture, names)),
        asked=kept.asked,
        of_ten=kept.of_ten if told else None,
        words=kept.words if told else (),
        teams=tuple(teams),
        is_open=is_open,
        is_closing=is_closing,
    )


def _named(told: Picture, names: Mapping[int, str]) -> list[Group]:
    """By name, the other teams at the end."""
    groups = [
        Group("" if group.key == OTHER_TEAMS else names.get(int(group.key), ""), group)
        for group in told.groups
    ]
    return sorted(groups, key=lambda group: (not group.name, group.name))


def _kept(asked: Asked) -> Kept:
    key = f"pulse:{asked.pulse.pk}:{asked.mark}"
    found: Kept | None = cache.get(key)
    if found is None:
        found = _read(asked.pulse)
        cache.set(key, found, SECONDS_KEPT)
    return found


def _read(pulse: Pulse) -> Kept:
    answers = PulseAnswer.objects.filter(pulse=pulse).values_list("of_ten", flat=True)
    words = PulseWord.objects.filter(pulse=pulse).order_by("pk")[:MOST_WORDS]
    return Kept(
        picture=picture(said_in(pulse)),
        asked=people_asked(on=pulse.closes_on),
        of_ten=rounded_mean([estimate for estimate in answers if estimate is not None]),
        words=tuple(word.text for word in words),
    )


def said_in(pulse: Pulse) -> dict[str, Said]:
    """The answers as they are stored, by department. Not for showing."""
    counts = (
        PulseAnswer.objects.filter(pulse=pulse)
        .values_list("department_id", "belief")
        .annotate(people=Count("pk"))
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for department, belief, people in counts:
        key = OTHER_TEAMS if department is None else str(department)
        found[key][belief.replace("-", "_")] = people
    return {key: Said(**said) for key, said in found.items()}


def people_asked(*, on: date) -> int:
    """How many work in a department on a day, on leave or not."""
    members = Membership.objects.current(on=on).filter(is_home=True)
    return members.aggregate(people=Count("person", distinct=True))["people"] or 0


def _teams(pulses: Sequence[Pulse]) -> dict[int, list[TeamBelief]]:
    found: dict[int, list[TeamBelief]] = defaultdict(list)
    beliefs = TeamBelief.objects.filter(pulse__in=pulses).select_related("department", "signed_by")
    for belief in beliefs.order_by(models.functions.Lower("department__name"), "pk"):
        found[belief.pulse_id].append(belief)
    return found
