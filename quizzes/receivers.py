from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import published

from knowledge.models import ModulePage
from knowledge.signals import lesson_finished
from quizzes.actions import note_start
from quizzes.actions.bank import drop_lone_contrasts
from quizzes.actions.reviewing import close_edited_reviews
from quizzes.models import Question


@receiver(lesson_finished)
def start_module(
    person: AbstractBaseUser, module: ModulePage, at: datetime, **_kwargs: Any
) -> None:
    note_start(person=person, module=module, at=at)


@receiver(published, sender=Question)
def ask_edited_question_again(instance: Question, **_kwargs: Any) -> None:
    close_edited_reviews([instance], timezone.now())


@receiver(post_delete, sender=Question)
def forget_changes_that_ask_nobody(instance: Question, **_kwargs: Any) -> None:
    if instance.contrasts_id is None:
        drop_lone_contrasts(instance.module)
