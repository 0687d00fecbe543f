"""The only writers of departments and all that hangs on them."""

from departments.actions.requirements import (
    ChangedMeanwhile,
    change_requirement,
    columns_of,
    drop_requirement,
    note,
    require_module,
    stored_as_seen,
    written,
)

__all__ = [
    "ChangedMeanwhile",
    "change_requirement",
    "columns_of",
    "drop_requirement",
    "note",
    "require_module",
    "stored_as_seen",
    "written",
]
