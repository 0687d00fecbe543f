"""How departments stand. One function makes every figure: page, file and "what others see".

Whoever works in several departments counts for each module once (`departments.counting`), and so
once in every department above.
"""

from departments.reports.effects import (
    Effect,
    requirement_effect,
    requirement_effects,
    requirement_removal,
)
from departments.reports.people import (
    Cell,
    PersonRow,
    heads_of,
    home_membership,
    person_readiness,
    standing_readiness,
)
from departments.reports.requirements import (
    WrittenRequirement,
    department_requirements,
    modules_to_ask,
    written_requirements,
)
from departments.reports.teams import (
    URGENCY,
    DepartmentReadiness,
    ModuleColumn,
    StateGroup,
    department_readiness,
)
from departments.reports.terms import Terms, terms_of

__all__ = [
    "URGENCY",
    "Cell",
    "DepartmentReadiness",
    "Effect",
    "ModuleColumn",
    "PersonRow",
    "StateGroup",
    "Terms",
    "WrittenRequirement",
    "department_readiness",
    "department_requirements",
    "heads_of",
    "home_membership",
    "modules_to_ask",
    "person_readiness",
    "requirement_effect",
    "requirement_effects",
    "requirement_removal",
    "standing_readiness",
    "terms_of",
    "written_requirements",
]
