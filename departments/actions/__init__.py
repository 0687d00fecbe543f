"""The only writers of departments and all that hangs on them."""

from departments.actions.requirements import (
    ChangedMeanwhile,
    change_requirement,
    drop_requirement,
    require_module,
)

__all__ = [
    "ChangedMeanwhile",
    "change_requirement",
    "drop_requirement",
    "require_module",
]
