"""What customers get of what they were promised. One function makes every figure."""

from customers.reports.evidence import (
    ClaimEvidence,
    Evidence,
    MonthEvidence,
    evidence_of,
    evidence_of_one,
)

__all__ = ["ClaimEvidence", "Evidence", "MonthEvidence", "evidence_of", "evidence_of_one"]
