from departments.views.asking import requirement_add, requirement_change, requirement_remove
from departments.views.imports import requirement_import
from departments.views.requirements import requirement_export, requirement_list
from departments.views.teams import (
    people_export,
    readiness_export,
    team_detail,
    team_export,
    team_index,
    team_json,
)

__all__ = [
    "people_export",
    "readiness_export",
    "requirement_add",
    "requirement_change",
    "requirement_export",
    "requirement_import",
    "requirement_list",
    "requirement_remove",
    "team_detail",
    "team_export",
    "team_index",
    "team_json",
]
