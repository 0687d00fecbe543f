"""A promise's thread on a day, and each of its links: how they stand, and what they wait for."""

from dataclasses import dataclass, field
from datetime import date

from departments.chains import Lack, Standing, Waiting
from departments.models import Department, Link, SignOff
from departments.reports.sign_offs import Said
from knowledge.models import BriefPage, PromisePage


@dataclass(frozen=True, slots=True)
class LinkState:
    """One link on a day. `ready` is the lower edge: nobody does anything until then.

    `is_known` is whether its people know it, `None` where that can't be said. `said_before` is a
    word that no longer counts; `by` the day by which those who are missing have to be ready.
    Where `is_shown` is false its figures aren't for the reader (`departments.reports.sights`).
    """

    link: Link
    standing: Standing
    at_usual_pace: int
    said: Said
    lacks: tuple[Lack, ...]
    by: date | None
    is_shown: bool = True

    @property
    def department_id(self) -> int:
        key: int = self.department.pk
        return key

    @property
    def department(self) -> Department:
        department: Department = self.link.department
        return department

    @property
    def part(self) -> str:
        return self.link.part

    @property
    def standard(self) -> str:
        return self.link.standard

    @property
    def influence(self) -> str:
        return self.link.influence

    @property
    def needed(self) -> int:
        return self.standing.needed

    @property
    def required(self) -> int:
        return self.standing.required

    @property
    def ready(self) -> int:
        return self.standing.ready

    @property
    def missing(self) -> int:
        return self.standing.missing

    @property
    def is_known(self) -> bool | None:
        return self.standing.knows

    @property
    def word(self) -> SignOff | None:
        return self.said.word

    @property
    def said_before(self) -> SignOff | None:
        return self.said.before

    @property
    def is_signed(self) -> bool:
        return not {Lack.NO_WORD, Lack.NOT_YET, Lack.LATER} & {*self.lacks}

    @property
    def is_met(self) -> bool:
        return not self.lacks

    @property
    def waiting(self) -> Waiting:
        return Waiting(
            department=self.department.name,
            lacks=self.lacks,
            people=self.missing if self.is_shown else 0,
            by=self.by,
            from_on=self.word.from_on if self.word else None,
            because=self.word.because if self.word else "",
        )


@dataclass(frozen=True, slots=True)
class Thread:
    """A promise's links on a day, for a version of a brief. People are counted once.

    `version` is the one that is asked for, and `out_on` the day on which it went out, or will;
    `newest` is the newest that is out by then. People and words are judged on the later of the two.
    `not_ready` are the keys of the people who are needed and not ready.
    """

    promise: PromisePage
    brief: BriefPage | None
    version: int
    on: date
    day: date
    links: tuple[LinkState, ...]
    needed: int
    ready: int
    at_usual_pace: int
    is_out: bool
    out_on: date | None
    newest: int
    newest_on: date | None
    modules: tuple[int, ...] = ()
    needed_today: int = 0
    is_shown: bool = True
    not_ready: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def judged(self) -> int:
        return max(self.version, self.newest)

    @property
    def required(self) -> int:
        """How many the links require, each for itself; who counts in two links is in both."""
        return sum(link.required for link in self.links)

    @property
    def met(self) -> int:
        return sum(link.is_met for link in self.links)

    @property
    def signed(self) -> int:
        return sum(link.is_signed for link in self.links)

    @property
    def is_met(self) -> bool:
        return bool(self.links) and self.met == len(self.links)

    @property
    def is_known(self) -> bool | None:
        """Whether each link's people know it: one that doesn't is a no, else one of which it can't
        be said leaves it open."""
        known = [link.is_known for link in self.links]
        if False in known:
            return False
        return None if None in known or not known else True

    @property
    def shows_links(self) -> bool:
        """Whether the figures of all its links are for the reader."""
        return all(link.is_shown for link in self.links)

    @property
    def waiting(self) -> list[Waiting]:
        return [link.waiting for link in self.links if not link.is_met]
