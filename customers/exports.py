"""Tables that are taken out, as an import takes them back; nothing in them is a formula."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from customers.models import Measure, ProcessChange, Reading
from customers.reports.claim_files import ClaimFile, Finding
from customers.wording import VERDICT_WORDS
from departments.reports.roster import department_paths
from knowledge.importers.cells import csv_head, csv_line
from knowledge.models import PromisePage

READING_COLUMNS = (
    "measure",
    "from",
    "to",
    "n",
    "k",
    "mean",
    "deviation",
    "value",
    "source",
    "note",
)
MEASURE_COLUMNS = (
    "reference",
    "name",
    "definition",
    "unit",
    "kind",
    "direction",
    "source",
    "owner",
    "promise",
    "claim",
)
CHANGE_COLUMNS = (
    "reference",
    "title",
    "details",
    "why",
    "from",
    "department",
    "promises",
    "measures",
)
CLAIM_FILE_COLUMNS = (
    "row",
    "version",
    "sentence",
    "claim",
    "measure",
    "from",
    "to",
    "as_at",
    "known",
    "verdict",
    "n",
    "k",
    "mean",
    "deviation",
    "value",
    "delivered",
    "low",
    "high",
    "source",
    "note",
    "entered_at",
    "replaced_at",
)
BETWEEN = "; "


def readings_csv() -> Iterator[str]:
    """Those that count; what was corrected stands in the claim file of its promise."""
    yield csv_head(READING_COLUMNS)
    readings = Reading.objects.current().select_related("measure")
    for reading in readings.order_by("measure__reference", "starts_on", "source").iterator():
        figures = (reading.n, reading.k, reading.mean, reading.deviation, reading.value)
        days = (reading.starts_on.isoformat(), reading.ends_on.isoformat())
        told = [plain(figure) for figure in figures]
        yield csv_line([reading.measure.reference, *days, *told, reading.source, reading.note])


def measures_csv() -> Iterator[str]:
    yield csv_head(MEASURE_COLUMNS)
    for measure in Measure.objects.select_related("owner", "promise", "claim"):
        named = (measure.reference, measure.name, measure.definition, measure.unit)
        kind = (measure.statistic, measure.direction, measure.source)
        owner = measure.owner.email if measure.owner else ""
        promise = measure.promise.slug if measure.promise else ""
        claim = measure.claim.key if measure.claim else ""
        yield csv_line([*named, *kind, owner, promise, claim])


def process_changes_csv() -> Iterator[str]:
    """Without those that were dropped."""
    yield csv_head(CHANGE_COLUMNS)
    paths = department_paths()
    promises = Prefetch("promises", PromisePage.objects.only("slug").order_by("path"))
    changes = ProcessChange.objects.filter(dropped_at=None).prefetch_related(promises, "measures")
    for change in changes:
        told = (change.reference, change.title, change.details, change.why)
        place = "/".join(paths[change.department_id])
        touched = BETWEEN.join(promise.slug for promise in change.promises.all())
        counted = BETWEEN.join(measure.reference for measure in change.measures.all())
        yield csv_line([*told, change.happens_on.isoformat(), place, touched, counted])


def plain(figure: Decimal | int | None) -> str:
    """Without a language's own signs, and without the noughts that a column adds."""
    if figure is None:
        return ""
    told = f"{figure:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def claim_file_csv(file: ClaimFile) -> Iterator[str]:
    """One table: what was claimed from when to when, the verdicts at those days, the readings."""
    yield csv_head(CLAIM_FILE_COLUMNS)
    for claim in file.claims:
        told = {"row": _("claim"), "version": claim.version, "claim": claim.claim}
        days = {"from": claim.starts_on, "to": claim.ends_on}
        yield _row(told | days | {"sentence": claim.sentence, "note": claim.reason})
    for finding in file.findings:
        yield _row({"row": _("verdict"), **_finding(finding)})
    for reading in file.readings:
        yield _row({"row": _("reading"), **_reading(reading)})


def claim_file_json(file: ClaimFile) -> dict[str, Any]:
    """The same, with the columns' names as keys; days and moments in ISO 8601."""
    return {
        "promise": file.promise.slug,
        "title": file.promise.title,
        "claims": [asdict(claim) for claim in file.claims],
        "verdicts": [_finding(finding) for finding in file.findings],
        "readings": [_reading(reading) for reading in file.readings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    judgement = finding.judgement
    known = _("by what was entered by then") if finding.is_as_known_then else _("as known today")
    return {
        "version": finding.version,
        "claim": finding.claim,
        "as_at": finding.as_at,
        "known": known,
        "verdict": str(VERDICT_WORDS[judgement.verdict]),
        "n": judgement.n,
        "k": judgement.k,
        "delivered": _short(judgement.delivered),
        "low": _short(judgement.low),
        "high": _short(judgement.high),
    }


def _reading(reading: Reading) -> dict[str, Any]:
    figures = ("n", "k", "mean", "deviation", "value")
    return {
        "measure": reading.measure.name,
        "from": reading.starts_on,
        "to": reading.ends_on,
        **{name: getattr(reading, name) for name in figures},
        "source": reading.source,
        "note": reading.note,
        "entered_at": reading.entered_at,
        "replaced_at": reading.replaced_at,
    }


def _short(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 2)


def _row(told: Mapping[str, Any]) -> str:
    return csv_line([_cell(told.get(column)) for column in CLAIM_FILE_COLUMNS])


def _cell(told: Any) -> str:
    if isinstance(told, Decimal):
        return plain(told)
    if isinstance(told, date):
        return told.isoformat()
    return "" if told is None else str(told)
