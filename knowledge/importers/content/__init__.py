"""Briefs, modules and lessons from a folder of Markdown files with front matter."""

from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.importers.content.checks import check_folder
from knowledge.importers.content.folders import read_folder
from knowledge.importers.content.planning import plan_content
from knowledge.importers.content.stored import load_stored
from knowledge.importers.content.writing import write_content
from knowledge.importers.reporting import Entry, FaultList, ImportReport, Outcome
from knowledge.importers.writing import all_or_nothing

__all__ = ["import_content"]


def import_content(path: Path, *, dry_run: bool = False) -> ImportReport:
    """Brings the pages of the folder to its state and publishes them; others are left alone.

    Raises `ImportRefused` with every fault, having written nothing.
    """
    faults = FaultList(path.name)
    folder = read_folder(path, faults)
    with all_or_nothing(path.name):
        stored = load_stored(folder)
        check_folder(folder, stored, faults)
        plan = plan_content(folder, stored)
        faults.refuse_if_any()
        entries = plan.entries
        if not dry_run:
            write_content(plan, stored)
    unused = [Entry(name, Outcome.SKIPPED, _("No page uses this file.")) for name in folder.unused]
    return ImportReport((*entries, *unused), is_dry_run=dry_run)
