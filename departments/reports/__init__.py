"""How departments stand. One function makes every figure: page, file and "what others see".

A person counts in the department that is her home on that day, and so in every department above
it; whoever works in two departments is counted once.
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
    PerPersonAndModule,
    PersonRow,
    binding_requirements,
    heads_of,
    home_membership,
    home_memberships,
    modules_asked_by,
    person_readiness,
    person_rows,
    standing_readiness,
)
from departments.reports.requirements import (
    Asked,
    DepartmentRequirements,
    Terms,
    WrittenRequirement,
    department_requirements,
    modules_to_ask,
    requirement_above,
    terms_of,
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

__all__ = [
    "URGENCY",
    "Asked",
    "Branch",
    "Cell",
    "DepartmentReadiness",
    "DepartmentRequirements",
    "Effect",
    "ModuleColumn",
    "PerPersonAndModule",
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
    "home_memberships",
    "modules_asked_by",
    "modules_to_ask",
    "person_readiness",
    "person_rows",
    "requirement_above",
    "requirement_effect",
    "requirement_effects",
    "requirement_removal",
    "standing_readiness",
    "tally_of",
    "terms_of",
    "written_requirements",
]
