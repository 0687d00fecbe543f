from departments.models.acting import Nudge, TimeRequest
from departments.models.attention import AttentionSettings
from departments.models.audit import AuditLine
from departments.models.handoffs import HandoffRating, Need
from departments.models.links import Link
from departments.models.organisation import (
    Department,
    DepartmentMove,
    DepartmentQuerySet,
    Headship,
    Membership,
    PastMembership,
)
from departments.models.pulse import (
    Belief,
    Pulse,
    PulseAnswer,
    PulseSettings,
    PulseTurnout,
    PulseWord,
    TeamBelief,
)
from departments.models.requirements import (
    Assignment,
    Exemption,
    Extension,
    PastRequirement,
    Requirement,
)
from departments.models.rollup import ReadinessMonth, ReadinessRollup, RollupMark
from departments.models.syncs import RosterSync
from departments.models.threads import Flag, FlagReply, SignOff

__all__ = [
    "Assignment",
    "AttentionSettings",
    "AuditLine",
    "Belief",
    "Department",
    "DepartmentMove",
    "DepartmentQuerySet",
    "Exemption",
    "Extension",
    "Flag",
    "FlagReply",
    "HandoffRating",
    "Headship",
    "Link",
    "Membership",
    "Need",
    "Nudge",
    "PastMembership",
    "PastRequirement",
    "Pulse",
    "PulseAnswer",
    "PulseSettings",
    "PulseTurnout",
    "PulseWord",
    "ReadinessMonth",
    "ReadinessRollup",
    "Requirement",
    "RollupMark",
    "RosterSync",
    "SignOff",
    "TeamBelief",
    "TimeRequest",
]
