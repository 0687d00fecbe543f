"""The list of modules, as one reader stands to each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template

from departments.readiness import Readiness, State
from departments.reports.own import OwnModule, begun_modules
from knowledge.forms import ModuleListForm
from knowledge.models import ModulePage
from portal.models import User
from portal.reports import ModuleLine, my_modules
from quizzes.days import organisation_today

register = template.Library()

SETTLED = (State.READY, State.NOT_COUNTED)


@dataclass(frozen=True, slots=True)
class LearnList:
    """What the reader's department must know, the most pressing first, and everything else."""

    mine: list[ModuleLine]
    others: list[OwnModule]

    @property
    def count(self) -> int:
        return len(self.mine) + len(self.others)


@register.simple_tag
def learn_list(modules: Iterable[ModulePage], person: User, state: str) -> LearnList:
    """The modules that were found, narrowed to a choice of `ModuleListForm.state`; six queries."""
    day = organisation_today()
    found = {module.slug: module for module in modules}
    mine = my_modules(person, on=day)
    rest = [module for slug, module in found.items() if slug not in {line.slug for line in mine}]
    begun = begun_modules(person, rest, on=day)
    others = [OwnModule(module, begun.get(module.pk)) for module in rest]
    return LearnList(
        [line for line in mine if line.slug in found and _is_wanted(line.readiness, state)],
        [own for own in others if _is_wanted(own.readiness, state)],
    )


def _is_wanted(readiness: Readiness | None, state: str) -> bool:
    match state:
        case ModuleListForm.TO_DO:
            return readiness is not None and readiness.state not in SETTLED
        case ModuleListForm.READY:
            return readiness is not None and readiness.state.is_ready
    return True
