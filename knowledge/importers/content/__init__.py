"""Promises, briefs, modules and lessons from a folder of Markdown files, or from a ZIP of it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.importers.archives import is_archive, open_archive
from knowledge.importers.content.checks import check_folder
from knowledge.importers.content.folders import Folder, is_ours, read_folder
from knowledge.importers.content.handbook import Target, read_handbook
from knowledge.importers.content.paths import Listing, list_files
from knowledge.importers.content.planning import ContentPlan, plan_content
from knowledge.importers.content.stored import Stored, load_stored
from knowledge.importers.content.writing import write_content
from knowledge.importers.reporting import (
    Entry,
    Fault,
    FaultList,
    ImportRefused,
    ImportReport,
    Outcome,
    describe,
)
from knowledge.importers.writing import all_or_nothing

__all__ = ["import_content"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The folder, compared with the portal, and all that is wrong with it."""

    folder: Folder
    stored: Stored
    plan: ContentPlan
    faults: FaultList


def import_content(
    path: Path,
    *,
    dry_run: bool = False,
    brief: str = "",
    module: str = "",
    skip_unsupported: bool = False,
) -> ImportReport:
    """Brings the pages of the folder to its state and publishes them; others are left alone.

    Ordinary Markdown becomes draft lessons: of the module `module`, or of a module for each folder
    under the brief `brief`. Raises `ImportRefused` with every fault, having written nothing;
    `skip_unsupported` leaves out what has a fault and says so.
    """
    with _opened(path) as folder:
        listing_faults = FaultList(path.name)
        listing = list_files(folder, listing_faults)
        listing_faults.refuse_if_any()
        with all_or_nothing(path.name):
            reading, without = _read(
                folder, listing, FaultList(path.name), Target(brief, module), skip_unsupported
            )
            entries = reading.plan.entries
            if not dry_run:
                write_content(reading.plan, reading.stored)
    entries += [_skipped(name, why) for name, why in reading.folder.skipped.items()]
    entries += [_skipped(name, _("No page uses this file.")) for name in reading.folder.unused]
    entries += [_left_out(fault) for fault in without.values()]
    counted = _counted([*reading.folder.names, *without])
    # A dry run shows them in its table.
    notes = [] if dry_run else [describe(fault) for fault in without.values()]
    return ImportReport(tuple(entries), notes=tuple(notes), is_dry_run=dry_run, counted=counted)


@contextmanager
def _opened(path: Path) -> Iterator[Path]:
    if not is_archive(path):
        yield path
        return
    with open_archive(path) as folder:
        yield _unwrapped(folder)


def _unwrapped(folder: Path) -> Path:
    """Most archives hold one folder that holds all the rest."""
    inside = [path for path in folder.iterdir() if path.name not in {"__MACOSX", ".DS_Store"}]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _read(
    folder: Path, listing: Listing, faults: FaultList, target: Target, skip_unsupported: bool
) -> tuple[Reading, dict[str, Fault]]:
    """Reads until nothing is wrong any more, each time without the files that were."""
    without: dict[str, Fault] = {}
    while True:
        reading = _read_once(folder, listing, FaultList(faults.file), target, without)
        found = reading.faults.faults
        if not found:
            return reading, without
        first = {fault.file: fault for fault in reversed(found)}
        if not skip_unsupported or not first.keys() <= listing.files.keys() - without.keys():
            raise _refusal(reading, first)
        without |= first


def _read_once(
    root: Path, listing: Listing, faults: FaultList, target: Target, without: Collection[str]
) -> Reading:
    if is_ours(listing):
        folder = read_folder(listing, faults, without)
    else:
        folder = read_handbook(root, listing, faults, target=target, without=without)
    stored = load_stored(folder)
    check_folder(folder, stored, faults)
    return Reading(folder, stored, plan_content(folder, stored), faults)


def _refusal(reading: Reading, first: dict[str, Fault]) -> ImportRefused:
    """Tells every page: those with a fault as refused, the others as what they would become."""
    faults = sorted(reading.faults.faults, key=lambda fault: (fault.file, fault.line or 0))
    entries = [
        Entry(name, Outcome.REFUSED, f"{fault.message} {fault.remedy}", "", name, fault.line)
        for name, fault in sorted(first.items())
    ]
    entries += [entry for entry in reading.plan.entries if entry.file not in first]
    entries += [_skipped(name, why) for name, why in reading.folder.skipped.items()]
    return ImportRefused(faults, entries, counted=_counted(reading.folder.names))


def _skipped(name: str, why: str) -> Entry:
    return Entry(name, Outcome.SKIPPED, why, file=name)


def _left_out(fault: Fault) -> Entry:
    why = f"{fault.message} {fault.remedy}"
    return Entry(fault.file, Outcome.SKIPPED, why, file=fault.file, line=fault.line)


def _counted(names: Collection[str]) -> str:
    count = len(names)
    return ngettext("%(count)s page", "%(count)s pages", count) % {"count": f"{count:,}"}
