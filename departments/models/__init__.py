from departments.models.attention import AttentionSettings
from departments.models.links import Link
from departments.models.organisation import Department, DepartmentQuerySet, Headship, Membership
from departments.models.requirements import Exemption, Requirement

__all__ = [
    "AttentionSettings",
    "Department",
    "DepartmentQuerySet",
    "Exemption",
    "Headship",
    "Link",
    "Membership",
    "Requirement",
]
