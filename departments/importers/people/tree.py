"""Makes departments, thousands of them in a few queries.

treebeard moves the sisters of each node that it adds. Where a department has no children yet
there are none to move: all of them, and all below them, get their paths here at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from departments.importers.paths import PathKey, key_of
from departments.models import Department

AT_ONCE = 2_000

type Children = dict[PathKey, list[tuple[str, ...]]]


def add_departments(paths: Iterable[tuple[str, ...]], ids: dict[PathKey, int]) -> None:
    """Makes what `paths` names, the upper ones first; `ids` gets the key of each."""
    children: Children = defaultdict(list)
    for path in paths:
        children[key_of(path[:-1])].append(path)
    for parent in [parent for parent in children if not parent or parent in ids]:
        if _has_children(ids.get(parent)):
            for path in children.pop(parent):
                _add_one(path, ids)
    _add_below_leaves(children, ids)


def _has_children(pk: int | None) -> bool:
    found: bool
    if pk is None:
        found = Department.objects.exists()
    else:
        found = Department.objects.filter(pk=pk, numchild__gt=0).exists()
    return found


def _add_one(path: tuple[str, ...], ids: dict[PathKey, int]) -> None:
    department = Department(name=path[-1])
    if len(path) == 1:
        Department.add_root(instance=department)
    else:
        # Fetched afresh: a new sister moves the others, so a path in memory grows old.
        Department.objects.get(pk=ids[key_of(path[:-1])]).add_child(instance=department)
    ids[key_of(path)] = department.pk


def _add_below_leaves(children: Children, ids: dict[PathKey, int]) -> None:
    leaves = Department.objects.in_bulk([ids[parent] for parent in children if parent in ids])
    made: dict[PathKey, Department] = {}
    for parent in [parent for parent in children if not parent or parent in ids]:
        above = leaves[ids[parent]] if parent else None
        if above:
            above.numchild = len(children[parent])
        made.update(_placed(children[parent], above, children))
    Department.objects.bulk_update(leaves.values(), ["numchild"], AT_ONCE)
    Department.objects.bulk_create(made.values(), AT_ONCE)
    ids.update({key: department.pk for key, department in made.items()})


def _placed(
    paths: Sequence[tuple[str, ...]], above: Department | None, children: Children
) -> Iterator[tuple[PathKey, Department]]:
    """The departments with their paths in the tree, and all below them."""
    for place, path in enumerate(sorted(paths), 1):
        below = children.get(key_of(path), [])
        step = Department.numconv_obj().int2str(place)
        department = Department(
            name=path[-1],
            depth=len(path),
            path=(above.path if above else "") + step.rjust(Department.steplen, "0"),
            numchild=len(below),
        )
        yield key_of(path), department
        yield from _placed(below, department, children)
