import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from importlinter import cli

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS: list[dict[str, Any]] = PROJECT["tool"]["importlinter"]["contracts"]
ROOMS = ["portal", "strategy", "customers", "departments", "quizzes", "knowledge"]
NOT_ROOMS = {"templates", "tests", "docs", "var"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The rooms and their contracts, to be spoilt."""
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_contracts_are_kept() -> None:
    assert cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("knowledge/uses.py", "import quizzes.models", "Rooms: each knows"),
        ("knowledge/models/pages.py", "import knowledge.actions", "Inside knowledge"),
        ("quizzes/reports.py", "import quizzes.actions", "Inside quizzes"),
        ("departments/models.py", "import departments.reports", "Inside departments"),
        ("portal/models.py", "import portal.views", "Inside the portal"),
        ("quizzes/memory.py", "import django.conf", "Pure rules"),
        ("portal/reports/brand.py", "import portal.settings.base", "Settings are read"),
        ("knowledge/models/pages.py", "import knowledge.models.modules", "No cycles"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(
    copy: Path, file: str, line: str, broken: str
) -> None:
    with (copy / file).open("a") as code:
        code.write(f"\n{line}\n")
    assert re.search(rf"{broken}.* BROKEN", lint(copy).stdout)


@pytest.mark.parametrize("room", ROOMS)
def test_a_file_without_a_place_breaks_the_build(copy: Path, room: str) -> None:
    (copy / room / "utils.py").touch()
    assert lint(copy).returncode != 0


def test_every_room_stands_in_the_order_of_rooms() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_ROOMS
    layers = next(contract for contract in CONTRACTS if contract["name"].startswith("Rooms"))
    assert set(layers["layers"]) == folders == set(ROOMS)


def test_every_room_has_an_order_inside() -> None:
    inside = {room for contract in CONTRACTS for room in contract.get("containers", [])}
    assert inside == set(ROOMS)


def test_every_room_is_kept_free_of_cycles() -> None:
    acyclic = next(contract for contract in CONTRACTS if contract["type"] == "acyclic_siblings")
    assert set(acyclic["ancestors"]) == set(ROOMS)
