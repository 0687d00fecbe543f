import shutil
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from departments.importers.people import import_people
from departments.importers.requirements import import_requirements
from departments.models import Requirement
from knowledge.importers.reporting import ImportRefused, Tally, describe
from tests.factories import ModuleFactory
from tests.importing import EXAMPLES, replace, unchanged, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    import_people(EXAMPLES / "people.csv")
    ModuleFactory(slug="price-promise", title="Price promise")
    path = Path(shutil.copy(EXAMPLES / "requirements.csv", tmp_path))
    import_requirements(path)
    return path


def test_a_date_and_a_time_after_joining_are_told_apart(requirements: Path) -> None:
    care, marketing = Requirement.objects.order_by("department__name")
    assert (care.due_on, care.joiner_days) == (date(2026, 12, 1), 30)
    assert (marketing.due_on, marketing.joiner_days) == (None, 30)


def test_a_second_run_changes_nothing(requirements: Path) -> None:
    assert import_requirements(requirements).tally == unchanged(2)


def test_another_due_is_a_change(requirements: Path) -> None:
    replace(requirements, "30 days", "14 days")
    assert import_requirements(requirements).tally == Tally(changed=1, unchanged=1)
    assert Requirement.objects.get(department__name="Marketing").joiner_days == 14


def test_a_dry_run_writes_nothing(requirements: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(requirements, "30 days", "14 days")
    call_command("import_requirements", str(requirements), "--dry-run")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "changed  Wrenfield/Marketing: Price promise, 14 days"
    assert told[-1] == "0 new, 1 changed, 1 unchanged, 0 skipped, 0 refused."
    assert Requirement.objects.get(department__name="Marketing").joiner_days == 30


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Wrenfield/Nowhere,price-promise,30 days", "There is no department “Wrenfield/Nowhere”."),
        ("Wrenfield,price-promises,30 days", "There is no module “price-promises”."),
        ("Wrenfield,price-promise,", "“” says no date and no number of days. Write a date like"),
        ("Wrenfield,price-promise,0 days", "“0 days” says no date and no number of days."),
        ("Wrenfield,price-promise,1.12.2026", "“1.12.2026” says no date"),
        ("Wrenfield/Marketing,price-promise,1 day", "are in line 3 already. Keep one"),
    ],
)
def test_a_fault_names_its_line_and_writes_nothing(requirements: Path, row: str, told: str) -> None:
    Requirement.objects.all().delete()
    path = write(requirements.parent, "more.csv", f"{requirements.read_text()}{row}\n")
    with pytest.raises(ImportRefused) as refusal:
        import_requirements(path)
    fault = describe(refusal.value.faults[0])
    assert fault.startswith("more.csv, line 4: ")
    assert told in fault
    assert not Requirement.objects.exists()
