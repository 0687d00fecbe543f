"""Files and a portal that the importer tests start from."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from customers.importers.changes import import_process_changes
from customers.importers.measures import import_measures
from customers.importers.readings import import_readings
from departments.importers.chains import import_chains
from departments.importers.people import import_people
from departments.importers.requirements import import_requirements
from knowledge.importers.content import import_content
from knowledge.importers.reporting import ImportReport, Tally
from portal.demo.loading import FILES
from portal.demo.placeholders import anchor_on, filled_copy
from quizzes.importers.questions import import_questions
from tests.prepared import prepared_portal

AT = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/London"))
ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "docs" / "examples"

PEOPLE_HEADER = (
    "email,given_name,family_name,department,title,role,"
    "starts_on,ends_on,leave_from,leave_to,groups\n"
)


def demo_files(folder: Path) -> Path:
    """A copy of the demo files with every day filled in."""
    return filled_copy(FILES, folder / "demo", anchor_on(AT.date()))


def example_files(folder: Path) -> Path:
    copied = folder / "examples"
    shutil.copytree(EXAMPLES, copied)
    return copied


def import_all(files: Path) -> list[ImportReport]:
    """Everything in a folder, in the order in which one thing needs the other."""
    prepared_portal()
    return [
        import_people(files / "people.csv", at=AT),
        import_content(files / "content"),
        *(import_chains(path) for path in files.glob("chains.csv")),
        *(import_measures(path) for path in files.glob("measures.csv")),
        *(import_process_changes(path, at=AT) for path in files.glob("process-changes.csv")),
        *(import_readings(path, at=AT) for path in files.glob("readings.csv")),
        *(import_questions(path) for path in sorted(files.rglob("*.gift"))),
        import_requirements(files / "requirements.csv"),
    ]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def unchanged(count: int) -> Tally:
    return Tally(unchanged=count)
