"""The files that the guide shows are brought in as they stand."""

import pytest

from customers.importers.changes import import_process_changes
from customers.importers.measures import import_measures
from customers.importers.readings import import_readings
from customers.models import ChangeQuestion
from customers.reports.evidence import evidence_of_one
from knowledge.models import PromisePage
from tests.importing import AT, EXAMPLES, import_all, unchanged

pytestmark = pytest.mark.django_db


def test_the_examples_come_in_and_a_second_run_changes_nothing() -> None:
    import_all(EXAMPLES)
    assert import_measures(EXAMPLES / "measures.csv").tally == unchanged(3)
    assert import_readings(EXAMPLES / "readings.csv", at=AT).tally == unchanged(6)
    changes = import_process_changes(EXAMPLES / "process-changes.csv", at=AT)
    assert changes.tally == unchanged(2)
    assert not ChangeQuestion.objects.exists()
    evidence = evidence_of_one(PromisePage.objects.get(), on=AT.date())
    assert [found.verdict.value for found in evidence.claims] == ["too-close", "kept"]
