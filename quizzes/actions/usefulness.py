from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from knowledge.models import ModulePage
from quizzes.models import Usefulness
from quizzes.reports import is_asked_whether_it_helped


class NotAskedError(Exception):
    """Nobody asked her about this module, or no longer."""


@transaction.atomic
def say_whether_it_helped(
    *, person: AbstractBaseUser, module: ModulePage, answer: str, on: date
) -> Usefulness:
    """Did a module help with a customer? The first answer stands: twice is once.

    Raises `NotAskedError`.
    """
    before = Usefulness.objects.filter(person_id=person.pk, module=module).first()
    if before:
        return before
    if not is_asked_whether_it_helped(person, module, on):
        raise NotAskedError
    given, _is_new = Usefulness.objects.get_or_create(
        person_id=person.pk, module=module, defaults={"answer": answer, "on": on}
    )
    return given
