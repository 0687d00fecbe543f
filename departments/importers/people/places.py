"""Where a row puts a person: her own department, and those beside it."""

from datetime import date

from departments.importers.paths import PathKey, key_of
from departments.importers.people.columns import Columns
from departments.importers.people.lines import PeopleLine
from departments.importers.people.plans import PersonPlan
from departments.importers.people.stored import Place, StoredPerson
from departments.importers.spells import DAY, Spell, close, earlier, is_after, settle
from departments.models import Membership
from knowledge.importers.tables import single_blanks


class Placing:
    """Compares rows with what is stored of the same people."""

    def __init__(self, columns: Columns, today: date) -> None:
        self.columns = columns
        self.today = today
        self.yesterday = today - DAY
        self.keys: dict[tuple[str, ...], PathKey] = {}
        self.places: dict[Place, Place] = {}

    def plan(self, plan: PersonPlan, before: StoredPerson) -> Spell[Place] | None:
        """Gives the plan its times in departments; the answer is what the row asks for."""
        row = plan.row
        latest = before.memberships[-1] if before.memberships else None
        wanted = self._wanted(row, latest)
        plan.begins_today = bool(wanted and not row.starts_on and wanted.starts_on == self.today)
        plan.before = latest
        if wanted is None and any(spell.starts_on < self.today for spell in before.memberships):
            self._leave(plan, before)
        else:
            if latest != wanted:
                plan.memberships = settle(before.memberships, wanted, last_day=self.yesterday)
            plan.after = plan.memberships[-1] if plan.memberships else latest
            plan.last_day = _last_day(plan)
        if before.others or row.also_in:
            self._plan_others(plan, before)
        return wanted

    def _leave(self, plan: PersonPlan, before: StoredPerson) -> None:
        """She was in a department until yesterday; what was still to come won't."""
        plan.memberships, plan.dropped = close(before.memberships, last_day=self.yesterday)
        begun = [spell for spell in before.memberships if spell.starts_on < self.today]
        plan.after = plan.memberships[-1] if plan.memberships else begun[-1]
        plan.last_day = self.yesterday if plan.memberships or plan.dropped else None

    def _wanted(self, row: PeopleLine, latest: Spell[Place] | None) -> Spell[Place] | None:
        if not row.department:
            return None
        key = self.key(row.department)
        same = latest if latest and latest.department == key else None
        starts_on = row.starts_on or self._first_day(row, same)
        ends_on = row.ends_on
        if "ends_on" not in self.columns and same and not is_after(starts_on, same.ends_on):
            ends_on = same.ends_on
        pk = same.pk if same and same.starts_on == starts_on else None
        return Spell(key, starts_on, ends_on, self._place(row, latest, same), pk)

    def _first_day(self, row: PeopleLine, same: Spell[Place] | None) -> date:
        """Without a date in the file: the day that is known, or today, or the last day before."""
        if same and (same.ends_on == row.ends_on or not is_after(self.today, same.ends_on)):
            return earlier(row.ends_on, same.starts_on)
        return earlier(row.ends_on, self.today)

    def _place(
        self, row: PeopleLine, latest: Spell[Place] | None, same: Spell[Place] | None
    ) -> Place:
        title, leave_from, leave_to = row.title, row.leave_from, row.leave_to
        if same:
            if "title" not in self.columns or single_blanks(same.details.title) == title:
                title = same.details.title
            if "leave_from" not in self.columns:
                leave_from, leave_to = same.details.leave_from, same.details.leave_to
        level = row.level or Membership.Level.STAFF.value
        if latest and "level" not in self.columns:
            level = latest.details.level
        return self._kept_once(Place(title, level, leave_from, leave_to))

    def _plan_others(self, plan: PersonPlan, before: StoredPerson) -> None:
        """The departments beside her own are brought to what the row says of them.

        A time that would begin together with one in her own department makes room for it.
        """
        own = {(spell.department, spell.starts_on) for spell in plan.memberships}
        taken = [spell for spell in before.others if (spell.department, spell.starts_on) in own]
        kept = [spell for spell in before.others if spell not in taken]
        running = [spell for spell in kept if not is_after(self.today, spell.ends_on)]
        asked = self._asked(plan, running)
        ends_on = plan.last_day or self.yesterday
        gone = [spell for spell in running if spell.department not in asked]
        stays = [spell for spell in running if spell.department in asked] if plan.last_day else []
        ended, dropped = close(gone, last_day=min(ends_on, self.yesterday))
        # Nobody stays elsewhere beyond the day on which she leaves.
        limited, never = close(stays, last_day=ends_on)
        plan.dropped += [*taken, *dropped, *never]
        plan.others = [*ended, *limited, *self._begun(plan, kept, asked)]

    def _asked(self, plan: PersonPlan, running: list[Spell[Place]]) -> set[PathKey]:
        """The other departments in which she stays, or will be."""
        known = {spell.department for spell in running}
        if not plan.row.department:
            return set() if plan.last_day else known
        own = {self.key(plan.row.department)}
        asked = known
        if "also_in" in self.columns:
            asked = {self.key(path) for path in plan.row.also_in} | known & own
        return asked - own if plan.memberships else asked

    def _begun(
        self, plan: PersonPlan, kept: list[Spell[Place]], asked: set[PathKey]
    ) -> list[Spell[Place]]:
        own = plan.after
        if own is None or "also_in" not in self.columns:
            return []
        starts_on = own.starts_on if plan.pk is None else max(self.today, own.starts_on)
        if is_after(starts_on, own.ends_on):
            return []
        there = {spell.department for spell in kept if not is_after(self.today, spell.ends_on)}
        again = {spell.department: spell.pk for spell in kept if spell.starts_on == starts_on}
        place = self._kept_once(Place(own.details.title, own.details.level, None, None))
        return [
            Spell(key, starts_on, own.ends_on, place, again.get(key))
            for key in sorted(asked - there - {own.department})
        ]

    def _kept_once(self, place: Place) -> Place:
        return self.places.setdefault(place, place)

    def key(self, department: tuple[str, ...]) -> PathKey:
        if department not in self.keys:
            self.keys[department] = key_of(department)
        return self.keys[department]


def _last_day(plan: PersonPlan) -> date | None:
    """The day on which she leaves, where the file brings it forward or is the first to say it."""
    if plan.before is None or plan.after is None or plan.after.ends_on is None:
        return None
    return plan.after.ends_on if plan.before.holds_after(plan.after.ends_on) else None
