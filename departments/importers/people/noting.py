"""What an import leaves in the log: who joined, moved or left, and whose role or place changed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from departments.actions.roster import Placement
from departments.importers.paths import PathKey
from departments.importers.people.plans import PersonPlan
from departments.importers.people.stored import Place
from departments.importers.spells import DAY, Spell
from departments.models import AuditLine, RollupMark

# Of more departments than these all is counted again.
MOST_MARKED = 50

type Kind = AuditLine.Kind
type Keys = Mapping[PathKey, int]
type Change = tuple[Kind, PathKey | None, PathKey | None, date | None]


def placements(
    people: Iterable[PersonPlan], ids: Keys, *, today: date, reason: str
) -> Iterator[Placement]:
    """`ids` are the departments' keys, `people` those who are stored."""
    for plan in people:
        for (kind, before, after, day), role in _changes(plan, today):
            yield Placement(
                person_id=plan.pk or 0,
                kind=kind,
                before=ids[before] if before is not None else None,
                after=ids[after] if after is not None else None,
                reason=reason,
                day=day,
                role=role,
            )


def _changes(plan: PersonPlan, today: date) -> Iterator[tuple[Change, str]]:
    """Each with the role that it is about, if it is about one."""
    yield from ((change, "") for change in _place_changes(plan))
    yield from _role_changes(plan, today)


def _place_changes(plan: PersonPlan) -> Iterator[Change]:
    if plan.memberships and plan.after:
        yield from _own_changes(plan, plan.after)
    for spell in plan.others:
        yield _other_change(spell)
    for dropped in plan.dropped:
        yield AuditLine.Kind.LEFT, dropped.department, None, None


def _role_changes(plan: PersonPlan, today: date) -> Iterator[tuple[Change, str]]:
    for role in plan.headships:
        goes_on = role.ends_on is None or role.ends_on >= today
        before = role.department if role.pk else None
        after = role.department if goes_on else None
        yield (AuditLine.Kind.HEADED, before, after, role.starts_on), role.details
    for role in plan.dropped_headships:
        yield (AuditLine.Kind.HEADED, role.department, None, None), role.details


def _own_changes(plan: PersonPlan, after: Spell[Place]) -> Iterator[Change]:
    before = plan.before
    if before is None or _is_back(before, after):
        yield AuditLine.Kind.JOINED, None, after.department, after.starts_on
        return
    if before.department != after.department:
        yield AuditLine.Kind.MOVED, before.department, after.department, after.starts_on
    elif not plan.last_day:
        yield _corrected(before, after), before.department, after.department, None
    if plan.last_day:
        yield AuditLine.Kind.LEFT, after.department, None, plan.last_day


def _other_change(spell: Spell[Place]) -> Change:
    if spell.pk is None:
        return AuditLine.Kind.JOINED, None, spell.department, spell.starts_on
    return AuditLine.Kind.LEFT, spell.department, None, spell.ends_on


def _is_back(before: Spell[Place], after: Spell[Place]) -> bool:
    """After a gap, as a new time."""
    return (
        after.pk is None and before.ends_on is not None and before.ends_on + DAY < after.starts_on
    )


def _corrected(before: Spell[Place], after: Spell[Place]) -> Kind:
    was, now = before.details, after.details
    is_leave = (was.leave_from, was.leave_to) != (now.leave_from, now.leave_to)
    return AuditLine.Kind.AWAY if is_leave else AuditLine.Kind.CORRECTED


def mark_departments(people: Iterable[PersonPlan], ids: Keys) -> None:
    """What was counted of these departments beforehand is counted again."""
    touched: set[PathKey] = set()
    for plan in people:
        touched.update(
            spell.department for spell in (*plan.memberships, *plan.others, *plan.dropped)
        )
        if plan.before:
            touched.add(plan.before.department)
    keys = [None] if len(touched) > MOST_MARKED else [ids[key] for key in sorted(touched)]
    RollupMark.objects.bulk_create(RollupMark(department_id=key) for key in keys)
