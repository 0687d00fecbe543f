"""Says that what was counted beforehand must be counted again. Rows are only ever added."""

from departments.models import Department, RollupMark
from knowledge.models import ModulePage


def mark(
    *,
    department: Department | int | None = None,
    module: ModulePage | int | None = None,
    person: int | None = None,
) -> None:
    """What is left out means all."""
    RollupMark.objects.create(
        department_id=key_of(department), module_id=key_of(module), person_id=person
    )


def key_of(thing: Department | ModulePage | int | None) -> int | None:
    return thing if thing is None or isinstance(thing, int) else int(thing.pk)
