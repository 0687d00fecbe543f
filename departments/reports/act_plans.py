"""What a head may do for her people, and what it would mean, before anything is written.

The same plan is made for the preview and again when it is confirmed. Whoever would get nothing is
named with the reason: given already, ready, not counted, or not asked.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Max

from departments.models import Department, Exemption, Extension, Membership
from departments.readiness import Readiness, Reason
from departments.reports.acts import Act, LeftOut, Line, Plan, Why, Wish
from departments.reports.nudges import TO_DO, nudged_in_week
from departments.reports.rows import Cell, PersonRow
from departments.reports.teams import DepartmentReadiness, department_readiness
from knowledge.models import ModulePage

__all__ = ["Act", "Plan", "Why", "Wish", "plan_of"]

type Pair = tuple[int, int]
type Verdict = LeftOut | Line


def plan_of(department: Department, wish: Wish, *, on: date) -> Plan:
    """Eight queries, however many people and modules there are."""
    report = department_readiness(department, on=on)
    rows = [row for row in report.rows if row.person_id in wish.people]
    if wish.act is Act.NUDGE:
        verdicts = _nudges(rows, wish, on)
    else:
        verdicts = _Giving(department, wish, on).verdicts(rows, _cells(report, wish))
    found = list(verdicts)
    return Plan(
        wish.act,
        tuple(each for each in found if isinstance(each, Line)),
        tuple(_together(each for each in found if isinstance(each, LeftOut))),
    )


def modules_of_team(report: DepartmentReadiness) -> frozenset[int]:
    return frozenset(column.module_id for column in report.columns)


def _together(left_out: Iterable[LeftOut]) -> Iterator[LeftOut]:
    """Of each person each reason once, with all modules for which it holds."""
    alike: dict[tuple[str, Why, date | None, str], list[str]] = {}
    for each in left_out:
        alike.setdefault((each.name, each.why, each.day, each.because), []).extend(each.titles)
    return (LeftOut(*key, titles=tuple(titles)) for key, titles in alike.items())


type Cells = Mapping[int, Sequence[Cell]]


def _cells(report: DepartmentReadiness, wish: Wish) -> Cells:
    """By person, what she may be given; a module that nobody is asked for has empty cells."""
    asked = modules_of_team(report)
    chosen = wish.modules or asked
    others = chosen - asked
    extra = ModulePage.objects.open_to_colleagues().filter(pk__in=others) if others else ()
    more = [Cell(page.pk, page.title, page.slug, None) for page in extra]
    return {
        row.person_id: [*(cell for cell in row.cells if cell.module_id in chosen), *more]
        for row in report.rows
        if row.person_id in wish.people
    }


def _nudges(rows: Iterable[PersonRow], wish: Wish, on: date) -> Iterator[Verdict]:
    nudged = nudged_in_week(wish.people, on=on)
    for row in rows:
        cells = [c for c in row.cells if not wish.modules or c.module_id in wish.modules]
        waiting = [c for c in cells if c.readiness and c.readiness.state in TO_DO]
        if row.person_id == wish.by:
            yield LeftOut(row.name, Why.YOURSELF)
        elif row.person_id in nudged:
            yield LeftOut(row.name, Why.NUDGED, nudged[row.person_id])
        elif waiting:
            yield from (_line(row, cell, row.department_id) for cell in waiting)
        else:
            yield _nothing_to_do(row, cells)


def _nothing_to_do(row: PersonRow, cells: Iterable[Cell]) -> LeftOut:
    not_counted = [c.readiness for c in cells if c.readiness and c.readiness.reason]
    if not_counted:
        return _not_counted(row, not_counted[0])
    return LeftOut(row.name, Why.NOTHING_TO_DO)


def _not_counted(row: PersonRow, readiness: Readiness) -> LeftOut:
    because = readiness.because or str(readiness.reason)
    return LeftOut(row.name, Why.NOT_COUNTED, readiness.until, because)


def _line(row: PersonRow, cell: Cell, department_id: int, before: date | None = None) -> Line:
    return Line(row.person_id, row.name, department_id, cell.module_id, cell.title, before)


class _Giving:
    """Who can be given a waiver, more time or a module; three queries beside the team's."""

    def __init__(self, department: Department, wish: Wish, on: date) -> None:
        self._wish = wish
        self._homes = dict(
            Membership.objects.current(on=on)
            .filter(
                person_id__in=wish.people,
                is_home=True,
                department__path__startswith=department.path,
            )
            .values_list("person_id", "department_id")
        )
        self._waived = waived_until(wish.people, on=on)
        self._extended = extended_until(wish.people, on=on)

    def verdicts(self, rows: Iterable[PersonRow], cells: Cells) -> Iterator[Verdict]:
        for row in rows:
            if row.person_id == self._wish.by:
                yield LeftOut(row.name, Why.YOURSELF)
                continue
            yield from (self._verdict(row, cell) for cell in cells[row.person_id])

    def _verdict(self, row: PersonRow, cell: Cell) -> Verdict:
        pair = (row.person_id, cell.module_id)
        match self._wish.act:
            case Act.ASSIGN:
                refusal = self._no_module(cell, row)
                before = None
            case Act.WAIVE:
                refusal = self._no_cell(cell) or self._later(Why.WAIVED, self._waived.get(pair))
                before = self._waived.get(pair)
            case _:
                refusal = self._no_cell(cell) or self._no_time(cell, pair)
                before = self._extended.get(pair) or cell.due_on
        if refusal:
            why, day, because = refusal
            return LeftOut(row.name, why, day, because, (cell.title,))
        return _line(row, cell, self._homes.get(row.person_id, row.department_id), before)

    def _no_module(self, cell: Cell, row: PersonRow) -> "Refusal | None":
        if cell.readiness is not None:
            return Why.ASKED, None, ""
        return None if row.person_id in self._homes else (Why.ELSEWHERE, None, "")

    def _no_cell(self, cell: Cell) -> "Refusal | None":
        if cell.readiness is None:
            return Why.NOT_ASKED, None, ""
        if cell.readiness.reason is Reason.ELSEWHERE:
            return Why.ELSEWHERE, None, cell.readiness.because
        return None

    def _no_time(self, cell: Cell, pair: Pair) -> "Refusal | None":
        if pair in self._waived:
            return Why.WAIVED, self._waived[pair], ""
        if cell.readiness and cell.readiness.state.is_ready:
            return Why.READY, cell.readiness.ready_until, ""
        joiner_until = cell.readiness.until if cell.readiness else None
        days = [self._extended.get(pair), cell.due_on, joiner_until]
        return self._later(Why.HAS_TIME, max(filter(None, days), default=None))

    def _later(self, why: Why, day: date | None) -> "Refusal | None":
        """What she has already reaches as far."""
        until = self._wish.until
        return (why, day, "") if day and until and day >= until else None


type Refusal = tuple[Why, date | None, str]


def waived_until(people: Collection[int], *, on: date) -> dict[Pair, date]:
    """The last day of each waiver that holds."""
    held = Exemption.objects.current(on=on).filter(person_id__in=people)
    days = held.values_list("person_id", "module_id").annotate(until=Max("ends_on"))
    return {(person, module): until for person, module, until in days}


def extended_until(people: Collection[int], *, on: date) -> dict[Pair, date]:
    """The day of the last extension, which holds alone, while it lies ahead."""
    held = Extension.objects.current(on=on).filter(person_id__in=people)
    days = held.order_by("pk").values_list("person_id", "module_id", "until")
    last = {(person, module): until for person, module, until in days}
    return {pair: until for pair, until in last.items() if until >= on}
