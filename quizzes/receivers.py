from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.dispatch import receiver

from knowledge.models import ModulePage
from knowledge.signals import lesson_finished
from quizzes.actions import note_start


@receiver(lesson_finished)
def start_module(
    person: AbstractBaseUser, module: ModulePage, at: datetime, **_kwargs: Any
) -> None:
    note_start(person=person, module=module, at=at)
