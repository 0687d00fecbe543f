import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = sorted(ROOT.glob("*/migrations/[0-9]*.py"))
NAMED = re.compile(r"\d{4}_[a-z][a-z0-9_]+")
MADE_UP = re.compile(r"_auto_|_initial$|_more$|_and_more")


@pytest.mark.django_db
def test_the_models_and_their_migrations_say_the_same() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_migration_has_a_name_that_somebody_chose(migration: Path) -> None:
    assert NAMED.fullmatch(migration.stem)
    assert not MADE_UP.search(migration.stem)
