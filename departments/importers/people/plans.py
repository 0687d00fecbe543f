"""What is to be written for each person of a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from departments.importers.paths import SEPARATOR, PathKey
from departments.importers.people.lines import PeopleLine
from departments.importers.people.stored import Place
from departments.importers.spells import Spell
from knowledge.importers.reporting import Outcome


@dataclass(slots=True, eq=False)
class PersonPlan:
    """What is written for one person; `pk` is empty for a new one until she is stored.

    `before` and `after` are her latest time in a department of her own; `last_day` is the day on
    which she leaves the organisation, where that is news. `others` are departments beside her own.
    What is `dropped` never began.
    """

    row: PeopleLine
    pk: int | None
    given_name: str
    family_name: str
    is_renamed: bool = False
    begins_today: bool = False
    before: Spell[Place] | None = None
    after: Spell[Place] | None = None
    last_day: date | None = None
    memberships: list[Spell[Place]] = field(default_factory=list)
    others: list[Spell[Place]] = field(default_factory=list)
    dropped: list[Spell[Place]] = field(default_factory=list)
    headships: list[Spell[str]] = field(default_factory=list)
    dropped_headships: list[Spell[str]] = field(default_factory=list)
    groups_added: frozenset[str] = frozenset()
    groups_removed: frozenset[str] = frozenset()

    @property
    def has_moved(self) -> bool:
        before, after = self.before, self.after
        return before is not None and after is not None and before.department != after.department

    @property
    def is_changed(self) -> bool:
        return bool(
            self.is_renamed
            or self.memberships
            or self.others
            or self.dropped
            or self.headships
            or self.dropped_headships
            or self.groups_added
            or self.groups_removed
        )

    def outcome(self, today: date) -> Outcome:
        if self.pk is None:
            return Outcome.NEW
        if self.last_day and (self.last_day < today or not self.row.line):
            return Outcome.LEFT
        if self.has_moved:
            return Outcome.MOVED
        return Outcome.CHANGED if self.is_changed else Outcome.UNCHANGED


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """`absent` are those of whom a list of everybody doesn't speak."""

    people: list[PersonPlan]
    new_departments: list[tuple[str, ...]]
    paths: Mapping[PathKey, tuple[str, ...]]
    today: date
    absent: list[PersonPlan] = field(default_factory=list)

    @property
    def notes(self) -> tuple[str, ...]:
        told = _("New department: %(path)s")
        return tuple(told % {"path": SEPARATOR.join(path)} for path in self.new_departments)
