"""What a head wants to see of her team's table. Its figures stay those of the whole team."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.functional import Promise

from departments.readiness import State
from departments.reports import URGENCY, DepartmentReadiness, PersonRow
from departments.wording import STATE_WORDS

# Both say "Check the change".
ALIKE: Mapping[State, frozenset[State]] = {
    State.CHECK_THE_CHANGE: frozenset({State.CHECK_THE_CHANGE, State.PREVIOUS_VERSION})
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """`state` is empty, and `part` is `None`, where all are shown."""

    modules: frozenset[str] = frozenset()
    state: State | None = None
    part: int | None = None

    @property
    def is_any(self) -> bool:
        return bool(self.modules or self.state or self.part)

    @property
    def hides_people(self) -> bool:
        return bool(self.state or self.part)

    def of(self, report: DepartmentReadiness) -> DepartmentReadiness:
        view = report.narrowed_to(self.modules)
        return replace(view, rows=tuple(row for row in view.rows if self._shows(row)))

    def _shows(self, row: PersonRow) -> bool:
        is_of_part = self.part in {None, row.department_id}
        return is_of_part and (self.state is None or self._is_in(row, self.state))

    def _is_in(self, row: PersonRow, state: State) -> bool:
        wanted = ALIKE.get(state, {state})
        return any(cell.readiness and cell.readiness.state in wanted for cell in row.cells)


def narrowing_of(asked: QueryDict, report: DepartmentReadiness) -> Narrowing:
    """What the address says; what the team hasn't got is left out."""
    parts = {str(row.department_id): row.department_id for row in report.rows}
    return Narrowing(
        modules=frozenset(asked.getlist("module")) & {column.slug for column in report.columns},
        state=next((state for state in states_to_choose() if state == asked.get("state")), None),
        part=parts.get(asked.get("part", "")),
    )


def states_to_choose() -> dict[State, str | Promise]:
    """Each word once, in the order in which states call for something."""
    words = {STATE_WORDS[state]: state for state in reversed(URGENCY)}
    chosen = set(words.values())
    return {state: STATE_WORDS[state] for state in URGENCY if state in chosen}


def parts_to_choose(report: DepartmentReadiness) -> dict[int, str]:
    """The departments in which somebody of the team works, A to Z; one alone is no choice."""
    found = {row.department_id: row.department_name for row in report.rows}
    by_name = sorted(found.items(), key=lambda part: part[1])
    return dict(by_name) if len(found) > 1 else {}
