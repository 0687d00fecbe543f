from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from knowledge.models import LessonPage, LessonReading
from knowledge.signals import lesson_finished


@transaction.atomic
def finish_lesson(*, person: AbstractBaseUser, lesson: LessonPage, at: datetime) -> LessonReading:
    """Notes that a lesson was read. Twice is once: the first reading stays."""
    reading, is_new = LessonReading.objects.get_or_create(
        person_id=person.pk, lesson=lesson, defaults={"done_at": at}
    )
    if is_new:
        lesson_finished.send(LessonPage, person=person, module=lesson.module, at=at)
    return reading
