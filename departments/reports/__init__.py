"""How departments stand. One function makes every figure: page, file and "what others see".

A person counts in the department that is her home on that day, and so in every department above
it; whoever works in two departments is counted once.
"""

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
    "Branch",
    "Cell",
    "DepartmentReadiness",
    "ModuleColumn",
    "PerPersonAndModule",
    "PersonRow",
    "StateGroup",
    "binding_requirements",
    "department_readiness",
    "heads_of",
    "home_membership",
    "home_memberships",
    "modules_asked_by",
    "person_readiness",
    "person_rows",
    "standing_readiness",
    "tally_of",
]
