"""The only writers of the portal's own things."""

from portal.actions.preparing import (
    GROUPS,
    MARKETING,
    MARKETING_PERMISSIONS,
    SECOND_PERSON,
    choose_language,
    open_language,
    prepare_portal,
    prepare_tree,
)

__all__ = [
    "GROUPS",
    "MARKETING",
    "MARKETING_PERMISSIONS",
    "SECOND_PERSON",
    "choose_language",
    "open_language",
    "prepare_portal",
    "prepare_tree",
]
