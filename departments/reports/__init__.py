"""How departments stand. One function makes every figure: page, file and "what others see".

Whoever works in several departments counts for each module once (`departments.counting`), and so
once in every department above.
"""

from departments.reports.effects import (
    Effect,
    Removal,
    requirement_effect,
    requirement_effects,
    requirement_removal,
)
from departments.reports.people import (
    Cell,
    PersonRow,
    binding_requirements,
    heads_of,
    home_membership,
    modules_asked_by,
    person_readiness,
    person_rows,
    places_of,
    requirement_of,
    standing_readiness,
)
from departments.reports.requirements import (
    Asked,
    DepartmentRequirements,
    WrittenRequirement,
    department_requirements,
    modules_to_ask,
    requirement_above,
    written_requirements,
)
from departments.reports.teams import (
    URGENCY,
    Branch,
    DepartmentReadiness,
    ModuleColumn,
    StateGroup,
    department_readiness,
    tally_of,
)
from departments.reports.terms import Terms, terms_of

__all__ = [
    "URGENCY",
    "Asked",
    "Branch",
    "Cell",
    "DepartmentReadiness",
    "DepartmentRequirements",
    "Effect",
    "ModuleColumn",
    "PersonRow",
    "Removal",
    "StateGroup",
    "Terms",
    "WrittenRequirement",
    "binding_requirements",
    "department_readiness",
    "department_requirements",
    "heads_of",
    "home_membership",
    "modules_asked_by",
    "modules_to_ask",
    "person_readiness",
    "person_rows",
    "places_of",
    "requirement_above",
    "requirement_effect",
    "requirement_effects",
    "requirement_of",
    "requirement_removal",
    "standing_readiness",
    "tally_of",
    "terms_of",
    "written_requirements",
]
