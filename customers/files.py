"""Measures, readings and process changes as files, brought in and taken out in the editor."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.exports import measures_csv, process_changes_csv, readings_csv
from customers.importers.changes import import_process_changes
from customers.importers.measures import import_measures
from customers.importers.readings import import_readings
from customers.permissions import may_enter_all, may_log_all, may_write_measures
from knowledge.importers.files import MOST_BYTES
from knowledge.importers.registry import Download, FileKind, Wishes
from knowledge.importers.reporting import ImportReport

SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx")


def bring_in_readings(path: Path, _wishes: Wishes, /, *, dry_run: bool) -> ImportReport:
    return import_readings(path, dry_run=dry_run)


def bring_in_measures(path: Path, _wishes: Wishes, /, *, dry_run: bool) -> ImportReport:
    return import_measures(path, dry_run=dry_run)


def bring_in_process_changes(path: Path, _wishes: Wishes, /, *, dry_run: bool) -> ImportReport:
    return import_process_changes(path, dry_run=dry_run)


def taken_out(name: str, lines: Callable[[], Iterator[str]]) -> Callable[..., Download]:
    def take_out(_module: str) -> Download:
        dated = f"{name}-{timezone.localdate().isoformat()}.csv"
        return Download(dated, "text/csv; charset=utf-8", lines())

    return take_out


def promises() -> Iterable[tuple[str, str]]:
    yield _("Promises"), reverse("knowledge:promise-index")


def measures() -> Iterable[tuple[str, str]]:
    yield _("Measures"), reverse("measures:index")


def changes() -> Iterable[tuple[str, str]]:
    yield _("Process changes"), reverse("customers:change-list")


MEASURES = FileKind(
    name="measures",
    order=50,
    label=gettext_lazy("Measures"),
    about=gettext_lazy(
        "A table of what is counted, in which unit, and which claim it judges. Measures that it "
        "doesn’t name are left alone."
    ),
    suffixes=SUFFIXES,
    most_bytes=MOST_BYTES,
    may=may_write_measures,
    bring_in=bring_in_measures,
    take_out=taken_out("measures", measures_csv),
    places=measures,
)
READINGS = FileKind(
    name="readings",
    order=60,
    label=gettext_lazy("Readings"),
    about=gettext_lazy(
        "A table of what measures showed, month after month. A row that differs from what stands "
        "there corrects it, and the old figures stay visible. No customer’s name belongs in it."
    ),
    suffixes=SUFFIXES,
    most_bytes=MOST_BYTES,
    may=may_enter_all,
    bring_in=bring_in_readings,
    take_out=taken_out("readings", readings_csv),
    places=promises,
)
CHANGES = FileKind(
    name="process-changes",
    order=70,
    label=gettext_lazy("Process changes"),
    about=gettext_lazy(
        "A table of what departments do in another way, from which day on, and why. Of those to "
        "come, the owners of promises are asked whether a promise changes."
    ),
    suffixes=SUFFIXES,
    most_bytes=MOST_BYTES,
    may=may_log_all,
    bring_in=bring_in_process_changes,
    take_out=taken_out("process-changes", process_changes_csv),
    places=changes,
)
