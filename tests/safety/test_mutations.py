"""The short version of `python -m tests.safety.mutations`."""

from pathlib import Path

import pytest

from tests.importing import EXAMPLES, import_all
from tests.safety.mutations import feed_broken

INPUTS = {
    "people": 150,
    "people as xlsx": 100,
    "requirements": 150,
    "chains": 100,
    "measures": 60,
    "readings": 150,
    "process changes": 60,
    "questions": 150,
    "questions as csv": 60,
    "questions as xlsx": 80,
    "content": 60,
}


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("importer", INPUTS)
def test_a_broken_file_is_read_or_refused_and_never_crashes(importer: str, tmp_path: Path) -> None:
    import_all(EXAMPLES)

    verdict = feed_broken(importer, INPUTS[importer], seed=20261120, folder=tmp_path)

    assert verdict.is_clean, str(verdict)
    assert verdict.refused
