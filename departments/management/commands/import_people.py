from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from departments.actions.inviting import invite_people
from departments.importers.people import DateOrder, import_people
from knowledge.importers.reporting import ImportReport
from knowledge.management.importing import ImportCommand

ASKED = (
    "encoding",
    "date_order",
    "department",
    "skip_unsupported",
    "is_everybody",
    "leavers",
)


def add_reading_options(parser: ArgumentParser) -> None:
    """How a list of people is to be read, and what follows from it."""
    parser.add_argument(
        "--encoding", default="", help="the file's code page, as cp850; without: found out"
    )
    parser.add_argument(
        "--date-order",
        default="",
        choices=[order.value for order in DateOrder],
        help="what 03/04/2026 means where no date in the file tells: day or month first",
    )
    parser.add_argument(
        "--department", default="", help="where people belong for whom the file names none"
    )
    parser.add_argument(
        "--skip-unsupported",
        action="store_true",
        help="leave out rows with faults, and say which, instead of refusing the file",
    )
    parser.add_argument(
        "--everybody",
        dest="is_everybody",
        action="store_true",
        help="the file is the whole company: who isn't in it has left",
    )
    parser.add_argument(
        "--leavers",
        type=int,
        metavar="NUMBER",
        help="so many leave by a file of everybody; needed for more than a tenth",
    )
    parser.add_argument(
        "--invite", action="store_true", help="send new people a link to choose a password"
    )


def reading_options(options: dict[str, Any]) -> dict[str, Any]:
    invite = {"invite": invite_people} if options["invite"] else {}
    return {name: options[name] for name in ASKED} | invite


class Command(ImportCommand):
    help = "Brings in people, their departments, roles and groups from a list in a file."
    what = "FILE"

    def add_options(self, parser: ArgumentParser) -> None:
        add_reading_options(parser)

    def run_import(self, path: Path, *, dry_run: bool, **options: Any) -> ImportReport:
        return import_people(path, dry_run=dry_run, **reading_options(options))
