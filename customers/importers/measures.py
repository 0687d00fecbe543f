"""measures.csv: what is counted, in which unit, which way is better, and which claim it judges.

What a claim says already (kind, direction, unit, promise) may be left empty for its measure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.importers.cells import (
    MOST_SHOWN,
    choice_in,
    clean_into,
    named_in,
    refuse_empty,
    refuse_twice,
)
from customers.importers.sheets import Columns, read_rows
from customers.models import Measure
from customers.reports.measuring import direction_of, objections_to_measure
from knowledge.importers.reporting import Entry, FaultList, ImportReport, Outcome
from knowledge.importers.tables import Row
from knowledge.importers.writing import all_or_nothing
from knowledge.models import Claim, PromisePage

COLUMNS = Columns(
    ("reference",),
    ("name", "definition", "unit", "kind", "direction", "source", "owner", "promise", "claim"),
)
FIELDS = ("name", "definition", "unit", "statistic", "direction", "source")
KEYS = ("owner_id", "promise_id", "claim_id")


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows may name."""

    measures: Mapping[str, Measure]
    people: Mapping[str, Any]
    promises: Mapping[str, PromisePage]
    claims: Mapping[str, Claim]


@dataclass(frozen=True, slots=True)
class Planned:
    line: int
    measure: Measure
    before: tuple[Any, ...] | None

    @property
    def outcome(self) -> Outcome:
        if self.before is None:
            return Outcome.NEW
        return Outcome.UNCHANGED if said_by(self.measure) == self.before else Outcome.CHANGED


def import_measures(path: Path, *, dry_run: bool = False) -> ImportReport:
    """Other measures are left alone. Raises `ImportRefused`, having written nothing."""
    faults = FaultList(path.name)
    rows, notes = read_rows(path, COLUMNS, faults)
    faults.refuse_if_any()
    with all_or_nothing(path.name):
        plans = plan_measures(rows, faults)
        faults.refuse_if_any()
        if not dry_run:
            write_measures(plans)
    counted = ngettext("%(count)s measure", "%(count)s measures", len(rows)) % {"count": len(rows)}
    entries = [
        Entry(plan.measure.name, plan.outcome, kind=_("a measure"), file=path.name, line=plan.line)
        for plan in plans
    ]
    return ImportReport(tuple(entries), tuple(notes), is_dry_run=dry_run, counted=counted)


def plan_measures(rows: Sequence[Row], faults: FaultList) -> list[Planned]:
    known = load(rows)
    first: dict[Any, int] = {}
    plans = []
    for row in rows:
        refuse_empty(row, ["reference", "name", "source", "owner"], faults)
        refuse_twice(row, row["reference"], first, faults)
        plans.append(plan_row(row, known, faults))
    refuse_shared_claims(plans, faults)
    return plans


def load(rows: Iterable[Row]) -> Known:
    emails = {row["owner"].lower() for row in rows}
    people = get_user_model().objects.filter(is_active=True, email__in=emails)
    return Known(
        {measure.reference: measure for measure in Measure.objects.select_for_update(of=("self",))},
        {str(person.email): person for person in people},
        {page.slug: page for page in PromisePage.objects.in_source_language()},
        {claim.key: claim for claim in Claim.objects.select_related("promise")},
    )


def plan_row(row: Row, known: Known, faults: FaultList) -> Planned:
    stored = known.measures.get(row["reference"])
    before = said_by(stored) if stored else None
    measure = stored or Measure(reference=row["reference"])
    fill(measure, row, known, faults)
    excluded = [field for field in ("reference", "name", "source") if not row[field]]
    count = len(faults.faults)
    clean_into(measure, row.line, [*excluded, "owner", "claim", "promise"], faults)
    if len(faults.faults) == count:
        for objection in objections_to_measure(measure):
            faults.add(row.line, objection.message, objection.remedy)
    return Planned(row.line, measure, before)


def fill(measure: Measure, row: Row, known: Known, faults: FaultList) -> None:
    claim = named_in(row, "claim", known.claims, faults)
    measure.name, measure.definition = row["name"], row["definition"]
    measure.source = row["source"]
    measure.unit = row["unit"] or (claim.unit if claim else "%")
    measure.statistic = choice_in(row, "kind", Measure.Statistic, faults)
    measure.direction = choice_in(row, "direction", Measure.Direction, faults)
    if claim and not row["kind"]:
        measure.statistic = claim.statistic
    if claim and not row["direction"]:
        measure.direction = direction_of(claim)
    measure.owner = person_in(row, known.people, faults)
    promise = named_in(row, "promise", known.promises, faults)
    measure.claim, measure.promise = claim, promise or (claim.promise if claim else None)


def person_in(row: Row, people: Mapping[str, Any], faults: FaultList) -> Any:
    person = people.get(row["owner"].lower())
    if row["owner"] and person is None:
        faults.add(
            row.line,
            _("Nobody has the address “%(address)s”.") % {"address": row["owner"][:MOST_SHOWN]},
            _("Write the work e-mail of somebody who is here, or import people first."),
        )
    return person


def said_by(measure: Measure) -> tuple[Any, ...]:
    """What the file decides. Blanks that a table can't keep are no difference."""
    texts = (" ".join(str(getattr(measure, field)).split()) for field in FIELDS)
    return (*texts, *(getattr(measure, key) for key in KEYS))


def refuse_shared_claims(plans: Sequence[Planned], faults: FaultList) -> None:
    """As it would be after the import: one measure for a claim."""
    told = {plan.measure.pk for plan in plans if plan.measure.pk}
    others = Measure.objects.exclude(pk__in=told).exclude(claim=None)
    takers: dict[int | None, str] = dict(others.values_list("claim_id", "reference"))
    for plan in plans:
        taker = takers.setdefault(plan.measure.claim_id, plan.measure.reference)
        if plan.measure.claim_id and taker != plan.measure.reference:
            faults.add(
                plan.line,
                _("“%(taker)s” judges this claim already.") % {"taker": taker},
                _("A claim has one measure: take it away from one of the two."),
            )


def write_measures(plans: Iterable[Planned]) -> None:
    writing = [plan.measure for plan in plans if plan.outcome is not Outcome.UNCHANGED]
    # Two may swap their claims.
    Measure.objects.filter(pk__in=[each.pk for each in writing if each.pk]).update(claim=None)
    for measure in writing:
        measure.save()
