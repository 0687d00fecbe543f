"""What is said of each row: what it is imported as, why it is skipped, why it is refused."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.importers.paths import SEPARATOR
from departments.importers.people.planning import PeoplePlan, PersonPlan
from departments.importers.people.rows import PeopleLine, RowFaults
from departments.models import Headship
from knowledge.importers.reporting import Entry, Outcome


@dataclass(slots=True)
class Teller:
    """Looks each phrase up once: a list can have a hundred thousand rows."""

    file: str
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
        if plan.pk is None:
            return self._entry(row, Outcome.NEW, self._place(plan), self._kind(plan))
        changes = _changes(plan)
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
        return self._entry(row, outcome, ", ".join(changes), self._kind(plan), plan)

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
        return Entry(name, outcome, note, kind, self.file, row.line)

    def _kind(self, plan: PersonPlan) -> str:
        if plan.row.role and plan.row.department:
            return self.heads[plan.row.role] % {"department": plan.row.department[-1]}
        return self.colleague

    def _place(self, plan: PersonPlan) -> str:
        place = SEPARATOR.join(plan.row.department) or _("without a department")
        return _("%(place)s, from today") % {"place": place} if plan.begins_today else place


def entries_of(
    people: Iterable[PeopleLine], plan: PeoplePlan, faults: RowFaults, *, refused: Outcome
) -> tuple[Entry, ...]:
    plans = {person.row.line: person for person in plan.people}
    teller = Teller(faults.file, faults, refused)
    return tuple(teller.told(row, plans.get(row.line)) for row in people)


def counted_people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def _changes(plan: PersonPlan) -> list[str]:
    changed = []
    if plan.is_renamed:
        changed.append(_("name"))
    if plan.memberships:
        changed.append(_("department, title or dates"))
    if plan.headships:
        changed.append(_("role"))
    if plan.groups_added or plan.groups_removed:
        changed.append(_("groups"))
    return changed
