"""Whatever moves a figure is marked, so that it is counted again.

Rows that are written one by one are seen here; what is written in bulk marks for itself.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from departments.actions.marking import mark, mark_moved
from departments.models import (
    Assignment,
    Department,
    DepartmentMove,
    Exemption,
    Extension,
    Membership,
    Requirement,
)
from quizzes.signals import standings_moved

type OfOnePerson = Assignment | Exemption | Extension


@receiver(standings_moved)
def mark_dates(people: Collection[int] | None, modules: Iterable[int], **_kwargs: Any) -> None:
    mark_moved(people, modules)


@receiver(pre_save, sender=Membership)
def mark_former_place(instance: Membership, **_kwargs: Any) -> None:
    """The place that the row stood for until now may not be found by its person any more."""
    stored = Membership.objects.filter(pk=instance.pk).exclude(department=instance.department_id)
    for department in stored.values_list("department", flat=True) if instance.pk else ():
        mark(department=department)


@receiver(post_save, sender=Membership)
def mark_place(instance: Membership, **_kwargs: Any) -> None:
    mark(person=instance.person_id)


@receiver(post_delete, sender=Membership)
def mark_lost_place(instance: Membership, **_kwargs: Any) -> None:
    mark(department=instance.department_id)


@receiver([post_save, post_delete], sender=Requirement)
def mark_requirement(instance: Requirement, origin: Any = None, **_kwargs: Any) -> None:
    if is_meant(origin, Requirement):
        mark(department=instance.department_id, module=instance.module_id)


@receiver([post_save, post_delete], sender=Assignment)
@receiver([post_save, post_delete], sender=Exemption)
@receiver([post_save, post_delete], sender=Extension)
def mark_what_was_given(instance: OfOnePerson, origin: Any = None, **_kwargs: Any) -> None:
    if is_meant(origin, type(instance)):
        mark(person=instance.person_id, module=instance.module_id)


@receiver(post_save, sender=DepartmentMove)
def mark_move(instance: DepartmentMove, **_kwargs: Any) -> None:
    for department in {instance.before_id, instance.after_id, instance.department_id} - {None}:
        mark(department=department)


@receiver(pre_delete, sender=Department)
def mark_what_stood_above(instance: Department, origin: Any = None, **_kwargs: Any) -> None:
    parent = instance.get_parent()
    goes_too = isinstance(origin, QuerySet) and origin.filter(pk=parent and parent.pk).exists()
    if parent is not None and not goes_too:
        mark(department=parent.pk)


@receiver(post_save, sender="portal.User")
def mark_person(
    instance: Any, created: bool, update_fields: Collection[str] | None = None, **_kwargs: Any
) -> None:
    """Whoever may not sign in any more isn't counted."""
    if not created and (update_fields is None or "is_active" in update_fields):
        mark(person=instance.pk)


def is_meant(origin: Any, model: type[Model]) -> bool:
    """Not where it goes with its person, module or department: a mark would name what is gone."""
    deleted = origin.model if isinstance(origin, QuerySet) else type(origin)
    return origin is None or issubclass(deleted, model)
