"""Long lists, wide trees, and files that were damaged on their way."""

import random
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.importers.people import import_people
from departments.models import Department, Membership
from knowledge.importers.reporting import ImportRefused, Tally
from tests.importing import AT, EXAMPLES, PEOPLE_HEADER, demo_files, unchanged, write

pytestmark = pytest.mark.django_db

SEED = 20_261_120


def placed(folder: Path, departments: Iterable[str]) -> Path:
    rows = [
        f"p{number}@x.example,P,Q,{department},,,2024-01-01,,,,\n"
        for number, department in enumerate(departments)
    ]
    return write(folder, "people.csv", PEOPLE_HEADER + "".join(rows))


def tree() -> list[str]:
    """Names in the order of the tree, indented by their depth."""
    return [f"{'-' * (node.depth - 1)}{node.name}" for node in Department.objects.order_by("path")]


def is_sound() -> bool:
    return not any(Department.find_problems())


def test_a_tree_is_made_whole_at_once(tmp_path: Path) -> None:
    import_people(placed(tmp_path, ["W/Care/Night", "W/Sales", "W/Care/Day", "V", "W"]), at=AT)
    assert tree() == ["V", "W", "-Care", "--Day", "--Night", "-Sales"]
    assert is_sound()


def test_a_tree_grows_where_there_is_one(tmp_path: Path) -> None:
    import_people(placed(tmp_path, ["W/Care", "W/Sales/North"]), at=AT)
    grown = ["A/B/C", "W/Care/Night/Late", "W/Care/Day", "W/Back/Office", "w/sales/South", "Z"]
    import_people(placed(tmp_path, grown), at=AT)
    assert tree() == [
        *("A", "-B", "--C", "W", "-Back", "--Office", "-Care", "--Day", "--Night", "---Late"),
        *("-Sales", "--North", "--South", "Z"),
    ]
    assert is_sound()
    assert import_people(placed(tmp_path, grown), at=AT).tally == unchanged(6)


def test_a_department_by_hand_finds_its_place_in_a_tree_made_at_once(tmp_path: Path) -> None:
    import_people(placed(tmp_path, ["W/Care", "W/Sales"]), at=AT)
    Department.objects.get(name="W").add_child(name="Marketing")
    assert tree() == ["W", "-Care", "-Marketing", "-Sales"]
    assert is_sound()


def test_departments_that_differ_in_capitals_alone_break_nothing(tmp_path: Path) -> None:
    Department.add_root(name="Care")
    other = Department.add_root(name="CARE")
    path = placed(tmp_path, ["care"])
    import_people(path, at=AT)
    Membership.objects.update(department=other)
    assert import_people(path, at=AT).tally == unchanged(1)


def test_too_many_levels_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"The department has 64 levels. 63 are the most."):
        import_people(placed(tmp_path, ["/".join("x" * 64)]), at=AT)
    assert import_people(placed(tmp_path, ["/".join("x" * 63)]), at=AT).tally == Tally(new=1)
    assert is_sound()


def test_a_department_more_costs_no_query_more(tmp_path: Path) -> None:
    def queries(root: str, count: int) -> int:
        path = placed(tmp_path, [f"{root}/{number % 7}/{number}" for number in range(count)])
        with CaptureQueriesContext(connection) as captured:
            import_people(path, at=AT)
        return len(captured)

    queries("A", 1)
    few, some, many = queries("B", 8), queries("C", 60), queries("D", 300)
    # Of more than fifty departments all is marked at once: a query less, however many there are.
    assert few >= some == many


STRANGE = """Name;E-mail;Team;Manager;Hire date
Änne Öz;a@x.example;Büro;b@x.example;31/01/2024
Bö;b@x.example;Büro;XX;01/02/2024
"""
HARMFUL = (b"", b'"', b";", b"\n", b"\0", b"\xff\xfe", b"'=", b"  ")


def damaged(data: bytes, dice: random.Random) -> bytes:
    """A few signs changed, cut out, doubled or moved."""
    broken = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(len(broken) or 1)
        end = start + dice.randint(0, 40)
        piece = bytes(dice.randrange(256) for _ in range(dice.randint(0, 4)))
        piece += dice.choice([*HARMFUL, bytes(broken[start:end])])
        broken[start : dice.choice([start, start + 1, end])] = piece
    return bytes(broken[: dice.choice([len(broken), dice.randrange(len(broken) + 1)])])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_damaged_file_is_refused_or_read_and_nothing_else(tmp_path: Path, encoding: str) -> None:
    dice = random.Random(SEED)
    examples = [(EXAMPLES / "people.csv").read_text(encoding="utf-8"), STRANGE]
    path = tmp_path / "people.csv"
    for number in range(150):
        path.write_bytes(damaged(examples[number % 2].encode(encoding), dice))
        with suppress(ImportRefused):
            assert import_people(path, at=AT, skip_unsupported=number % 3 == 0).entries


def test_no_row_is_lost_however_many_have_faults(tmp_path: Path) -> None:
    text = (demo_files(tmp_path) / "people.csv").read_text(encoding="utf-8")
    rows = "".join(f"p{number}@,A,B,Care,,,,,,,\n" for number in range(2_000))
    path = write(tmp_path, "people.csv", text + rows)
    with pytest.raises(ImportRefused) as refusal:
        import_people(path, at=AT)
    assert refusal.value.tally.refused == 2_000
    assert len(refusal.value.entries) == 2_000 + text.count("\n") - 1
