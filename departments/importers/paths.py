"""Department paths: “Wrenfield/Customer Care” names a department by its place in the tree."""

from collections.abc import Iterable

from departments.models import Department

SEPARATOR = "/"

# Names without regard to capitals and double blanks, from the root down.
type PathKey = tuple[str, ...]


def split_path(path: str) -> tuple[str, ...]:
    """The names from the root down; one of them is empty where a slash is too many."""
    return tuple(name.strip() for name in path.split(SEPARATOR))


def key_of(names: Iterable[str]) -> PathKey:
    return tuple(" ".join(name.split()).casefold() for name in names)


def stored_departments() -> dict[PathKey, Department]:
    """Every department by its path, in one query; of those with the same key the first."""
    found: dict[PathKey, Department] = {}
    keys: dict[str, PathKey] = {}
    for department in Department.objects.order_by("path"):
        above = department.path[: -Department.steplen]
        keys[department.path] = (*keys.get(above, ()), *key_of([department.name]))
        found.setdefault(keys[department.path], department)
    return found
