"""Says that what was counted beforehand must be counted again.

Rows are only ever added: whoever hands in a quiz waits for nobody. They belong into the
transaction that moves what is counted, so that both are seen together or not at all.
"""

from collections.abc import Collection, Iterable
from itertools import product

from departments.models import Department, RollupMark
from knowledge.models import ModulePage

# Of more people at once, everybody is counted again: it is one row instead of thousands.
MOST_PEOPLE = 200


def mark(
    *,
    department: Department | int | None = None,
    module: ModulePage | int | None = None,
    person: int | None = None,
) -> None:
    """What is left out means all; of a department, all below it is meant too."""
    RollupMark.objects.create(
        department_id=key_of(department), module_id=key_of(module), person_id=person
    )


def mark_moved(people: Collection[int] | None, modules: Iterable[int]) -> None:
    """Dates of these people moved on these modules; without `people`, of everybody."""
    is_of_many = people is None or len(people) > MOST_PEOPLE
    named: Iterable[int | None] = [None] if is_of_many or people is None else people
    RollupMark.objects.bulk_create(
        RollupMark(person_id=person, module_id=module) for person, module in product(named, modules)
    )


def key_of(thing: Department | ModulePage | int | None) -> int | None:
    return thing if thing is None or isinstance(thing, int) else int(thing.pk)
