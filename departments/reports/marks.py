"""What has to be counted again: marks, resolved to departments and modules."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from departments.models import (
    Assignment,
    Department,
    Membership,
    PastMembership,
    ReadinessRollup,
    Requirement,
    RollupMark,
)

AT_ONCE = 900

# Modules by department.
type Dirty = dict[int, set[int]]


@dataclass(frozen=True, slots=True)
class Tree:
    """All departments, by key: their places, and who stands directly under whom."""

    paths: Mapping[int, str]

    @property
    def keys(self) -> dict[str, int]:
        return {path: pk for pk, path in self.paths.items()}

    def below(self, department: int) -> list[int]:
        """The department itself too."""
        path = self.paths[department]
        return [pk for pk, each in self.paths.items() if each.startswith(path)]

    def children(self) -> dict[int, list[int]]:
        keys, found = self.keys, defaultdict[int, list[int]](list)
        for pk, path in self.paths.items():
            parent = keys.get(path[: -Department.steplen])
            if parent is not None:
                found[parent].append(pk)
        return found

    def with_those_above(self, dirty: Dirty) -> Dirty:
        keys, wider = self.keys, defaultdict[int, set[int]](set)
        for pk, modules in dirty.items():
            path = self.paths[pk]
            for length in range(Department.steplen, len(path) + 1, Department.steplen):
                if path[:length] in keys:
                    wider[keys[path[:length]]] |= modules
        return wider

    def deepest_first(self, departments: Iterable[int]) -> list[int]:
        return sorted(departments, key=lambda pk: (-len(self.paths[pk]), self.paths[pk]))


def tree_now() -> Tree:
    return Tree(dict(Department.objects.values_list("pk", "path")))


def every_module() -> set[int]:
    """Those that are asked, and those that were when it was counted."""
    asked = (Requirement, Assignment, ReadinessRollup)
    return {
        module
        for model in asked
        for module in model.objects.order_by().values_list("module", flat=True).distinct()
    }


def dirty_of(marks: Collection[RollupMark], tree: Tree) -> Dirty:
    """Without those above. Four queries, or a few more for a great many people."""
    modules = every_module()
    dirty: Dirty = defaultdict(set)
    places = places_of({mark.person_id for mark in marks if mark.person_id})
    beside: dict[int, set[int]] = {}
    for mark in marks:
        meant = {mark.module_id} if mark.module_id else modules
        for department in _meant(mark, tree, places, beside):
            dirty[department] |= meant
    return dirty


def _meant(
    mark: RollupMark, tree: Tree, places: Mapping[int, set[int]], beside: dict[int, set[int]]
) -> Iterable[int]:
    if mark.person_id:
        return places.get(mark.person_id, ())
    if mark.department_id is None:
        return tree.paths
    if mark.department_id not in beside:
        beside[mark.department_id] = with_those_beside(tree.below(mark.department_id))
    return beside[mark.department_id]


def places_of(people: Collection[int]) -> dict[int, set[int]]:
    """Where each of them works, will work, or was known to work."""
    found: dict[int, set[int]] = defaultdict(set)
    keys = sorted(people)
    for start in range(0, len(keys), AT_ONCE):
        for model in (Membership, PastMembership):
            rows: Iterable[Any] = model.objects.filter(
                person_id__in=keys[start : start + AT_ONCE]
            ).values_list("person_id", "department_id")
            for person, department in rows:
                found[person].add(department)
    return found


def with_those_beside(departments: Collection[int]) -> set[int]:
    """Also where their people work besides: what is asked here can move where they count."""
    here = Membership.objects.filter(
        person=models.OuterRef("person"), department__in=departments
    ).exclude(department=models.OuterRef("department"))
    others = Membership.objects.exclude(department__in=departments).filter(models.Exists(here))
    return {*departments, *others.order_by().values_list("department_id", flat=True).distinct()}
