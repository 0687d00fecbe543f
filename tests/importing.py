"""Files and pages that the importer tests start from."""

import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from wagtail.models import Page, Site

from departments.importers.people import import_people
from departments.importers.requirements import import_requirements
from knowledge.importers.content import import_content
from knowledge.models import BriefIndexPage, HomePage, LearnIndexPage
from quizzes.importers.questions import import_questions

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "portal" / "demo" / "files"
EXAMPLES = ROOT / "docs" / "examples"

PEOPLE_HEADER = (
    "email,given_name,family_name,department,title,role,"
    "starts_on,ends_on,leave_from,leave_to,groups\n"
)


def make_indexes() -> None:
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Home", slug="portal"))
    home.add_child(instance=LearnIndexPage(title="Learn", slug="learn"))
    home.add_child(instance=BriefIndexPage(title="Briefs", slug="briefs"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )


def demo_files(folder: Path, *, today: date = AT.date()) -> Path:
    """A copy of the demo files with every day filled in."""
    filled = folder / "demo"
    shutil.copytree(DEMO, filled)
    for path in filled.rglob("*"):
        if path.suffix in {".csv", ".md", ".gift"}:
            path.write_text(fill_days(path.read_text(encoding="utf-8"), today), encoding="utf-8")
    return filled


def fill_days(text: str, today: date) -> str:
    def fill(found: re.Match[str]) -> str:
        day = today + timedelta(days=int(found["days"]))
        return day.isoformat() if found["form"] == "day" else f"{day:%A} {day.day} {day:%B}"

    return re.sub(r"\{\{ (?P<form>\w+):(?P<days>[+-]?\d+) \}\}", fill, text)


def import_all(files: Path) -> None:
    import_people(files / "people.csv", at=AT)
    import_content(files / "content")
    for path in sorted((files / "questions").glob("*.gift")):
        import_questions(path)
    import_requirements(files / "requirements.csv")
