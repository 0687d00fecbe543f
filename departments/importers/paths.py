"""Department paths: “Wrenfield/Customer Care” names a department by its place in the tree."""

import re
from collections.abc import Iterable, Iterator

from departments.models import Department

SEPARATOR = "/"
_BETWEEN_PATHS = re.compile(r"(?<!\\);")

# Names without regard to capitals and double blanks, from the root down.
type PathKey = tuple[str, ...]


def split_path(path: str) -> tuple[str, ...]:
    """The names from the root down; one of them is empty where a slash is too many."""
    return tuple(name.strip() for name in path.split(SEPARATOR))


def split_paths(paths: str) -> list[tuple[str, ...]]:
    """Several paths with semicolons between them; one that belongs to a name has a backslash."""
    told = [path.replace(r"\;", ";").strip() for path in _BETWEEN_PATHS.split(paths)]
    return [split_path(path) for path in told if path]


def key_of(names: Iterable[str]) -> PathKey:
    return tuple(" ".join(name.split()).casefold() for name in names)


def stored_departments() -> dict[PathKey, Department]:
    """Every department by its path, in one query; of those with the same key the first."""
    found: dict[PathKey, Department] = {}
    for names, department in named_departments():
        found.setdefault(key_of(names), department)
    return found


def named_departments() -> Iterator[tuple[tuple[str, ...], Department]]:
    """Every department with the names from the root down, in one query."""
    names: dict[str, tuple[str, ...]] = {}
    for department in Department.objects.order_by("path"):
        above = department.path[: -Department.steplen]
        names[department.path] = (*names.get(above, ()), department.name)
        yield names[department.path], department
