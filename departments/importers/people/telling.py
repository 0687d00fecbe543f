"""What is said of each row: what it is imported as, why it is skipped, why it is refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.importers.paths import SEPARATOR
from departments.importers.people.lines import PeopleLine, RowFaults
from departments.importers.people.plans import PeoplePlan, PersonPlan
from departments.importers.people.stored import Place
from departments.importers.spells import Spell
from departments.models import Headship
from departments.wording import full_day
from knowledge.importers.reporting import Entry, Outcome


@dataclass(slots=True)
class Teller:
    """Looks each phrase up once: a list can have a hundred thousand rows."""

    plan: PeoplePlan
    faults: RowFaults
    refused: Outcome
    colleague: str = field(default_factory=lambda: _("a colleague"))
    heads: dict[str, str] = field(
        default_factory=lambda: {
            Headship.Kind.HEAD.value: _("head of %(department)s"),
            Headship.Kind.DEPUTY.value: _("deputy head of %(department)s"),
        }
    )

    def told(self, row: PeopleLine, plan: PersonPlan | None) -> Entry:
        if row.skipped:
            return self._entry(row, Outcome.SKIPPED, row.skipped)
        if row.line in self.faults or plan is None:
            return self._entry(row, self.refused, self.faults.told(row.line))
        outcome = plan.outcome(self.plan.today)
        if outcome is Outcome.NEW:
            return self._entry(row, outcome, self._place(plan), self._kind(plan))
        told = ", ".join(self._changes(plan)) if outcome is not Outcome.UNCHANGED else ""
        return self._entry(row, outcome, told, self._kind(plan), plan)

    def told_absent(self, plan: PersonPlan) -> Entry:
        last_day = full_day(plan.last_day) if plan.last_day else ""
        told = _("isn’t in the file: last day %(day)s") % {"day": last_day}
        place = self._path(plan.before) if plan.before else ""
        return Entry(plan.row.shown, Outcome.LEFT, told, place, self.faults.file)

    def _entry(
        self,
        row: PeopleLine,
        outcome: Outcome,
        note: str,
        kind: str = "",
        plan: PersonPlan | None = None,
    ) -> Entry:
        if kind and row.note:
            note = f"{note} · {row.note}" if note else row.note
        name = row.shown
        if plan and not row.name:
            name = f"{plan.given_name} {plan.family_name} <{row.email}>".lstrip()
        return Entry(name, outcome, note, kind, self.faults.file, row.line)

    def _kind(self, plan: PersonPlan) -> str:
        if plan.row.role and plan.row.department:
            return self.heads[plan.row.role] % {"department": plan.row.department[-1]}
        return self.colleague

    def _place(self, plan: PersonPlan) -> str:
        place = SEPARATOR.join(plan.row.department) or _("without a department")
        return _("%(place)s, from today") % {"place": place} if plan.begins_today else place

    def _changes(self, plan: PersonPlan) -> Iterator[str]:
        if plan.last_day:
            yield _("last day %(day)s") % {"day": full_day(plan.last_day)}
        if plan.is_renamed:
            yield _("name")
        if plan.memberships and plan.after:
            yield from self._place_changes(plan, plan.after)
        for is_so, words in (
            (plan.others or plan.dropped, _("other departments")),
            (plan.headships or plan.dropped_headships, _("role")),
            (plan.groups_added or plan.groups_removed, _("groups")),
        ):
            if is_so:
                yield words

    def _place_changes(self, plan: PersonPlan, after: Spell[Place]) -> Iterator[str]:
        before = plan.before
        told = {"place": self._path(after), "day": full_day(after.starts_on)}
        if before is None:
            yield _("%(place)s from %(day)s") % told
            return
        if before.department != after.department:
            told["before"] = self._path(before)
            yield _("%(before)s → %(place)s from %(day)s") % told
        elif not plan.last_day and (before.starts_on, before.ends_on) != (
            after.starts_on,
            after.ends_on,
        ):
            yield _("dates")
        yield from _detail_changes(before.details, after.details)

    def _path(self, spell: Spell[Place]) -> str:
        return SEPARATOR.join(self.plan.paths.get(spell.department, spell.department))


def _detail_changes(was: Place, now: Place) -> Iterator[str]:
    if was.title != now.title:
        yield _("title “%(was)s” → “%(now)s”") % {"was": was.title, "now": now.title}
    if was.level != now.level:
        yield _("level %(was)s → %(now)s") % {"was": was.level, "now": now.level}
    if (was.leave_from, was.leave_to) != (now.leave_from, now.leave_to):
        yield _("leave")


def entries_of(
    people: Iterable[PeopleLine], plan: PeoplePlan, faults: RowFaults, *, refused: Outcome
) -> tuple[Entry, ...]:
    plans = {person.row.line: person for person in plan.people}
    teller = Teller(plan, faults, refused)
    return (
        *(teller.told(row, plans.get(row.line)) for row in people),
        *map(teller.told_absent, plan.absent),
    )


def counted_people(count: int, *, absent: int = 0) -> str:
    """Whoever has left stands in no row, so that the rows alone wouldn't sum up."""
    if not absent:
        return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
    rows = ngettext("%(count)s row in the file", "%(count)s rows in the file", count)
    others = ngettext("%(count)s person isn’t in it", "%(count)s people aren’t in it", absent)
    return f"{rows % {'count': count}}; {others % {'count': absent}}"


def told_invitations(new: int) -> list[str]:
    if not new:
        return []
    told = ngettext(
        "%(count)s new person gets an invitation by mail.",
        "%(count)s new people get an invitation by mail.",
        new,
    )
    return [told % {"count": new}]
