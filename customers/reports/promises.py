"""All charts of one promise: what its claims say and customers get, and what else is measured."""

from dataclasses import dataclass
from datetime import date

from customers.models import ProcessChange
from customers.reports.evidence import ClaimEvidence, Evidence, evidence_of_one
from customers.reports.runs import MeasureRun, runs_of
from customers.reports.say_do import changes_drawn, claim_chart
from departments.charts import Chart
from knowledge.models import PromisePage

# So many of the other measures are seen at once.
RUNS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class ClaimCharted:
    found: ClaimEvidence
    changes: tuple[ProcessChange, ...] = ()
    chart: Chart | None = None

    @property
    def part_on(self) -> date | None:
        """How far the newest month goes, if it isn't over."""
        months = self.found.months
        return months[-1].ends_on if months and months[-1].is_part else None

    @property
    def has_markers(self) -> bool:
        return self.chart is not None and bool(self.changes)


@dataclass(frozen=True, slots=True)
class PromiseCharted:
    evidence: Evidence
    claims: tuple[ClaimCharted, ...] = ()
    runs: tuple[MeasureRun, ...] = ()

    @property
    def first_runs(self) -> tuple[MeasureRun, ...]:
        return self.runs[:RUNS_SHOWN]

    @property
    def more_runs(self) -> tuple[MeasureRun, ...]:
        return self.runs[RUNS_SHOWN:]

    @property
    def has_markers(self) -> bool:
        """Whether a change in how a department works is drawn in any of the charts."""
        return any(each.has_markers for each in self.claims) or any(
            run.has_markers for run in self.runs
        )

    @property
    def has_intervals(self) -> bool:
        return any(claim.chart for claim in self.claims)

    @property
    def part_days(self) -> list[date]:
        """To which days newest months go that aren't over."""
        of_claims = {claim.part_on for claim in self.claims}
        of_runs = {run.part_on for run in self.runs}
        return sorted(day for day in of_claims | of_runs if day)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see at all."""
        return not self.runs and not self.has_intervals


def promise_charted(promise: PromisePage, *, on: date) -> PromiseCharted:
    """Eight queries at the most, however many claims, measures and readings there are."""
    evidence = evidence_of_one(promise, on=on)
    claims = tuple(_charted(found, on) for found in evidence.claims)
    return PromiseCharted(evidence, claims, tuple(runs_of(promise, on=on)))


def _charted(found: ClaimEvidence, on: date) -> ClaimCharted:
    changes = changes_drawn(found, on=on)
    return ClaimCharted(found, changes, claim_chart(found, changes))
