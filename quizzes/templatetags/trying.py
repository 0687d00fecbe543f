from django import template
from django.contrib.auth.models import AbstractBaseUser

from knowledge.models import ModulePage
from quizzes.models import Attempt
from quizzes.reports import count_to_try

register = template.Library()


@register.simple_tag
def sitting_begun(module: ModulePage, person: AbstractBaseUser) -> Attempt | None:
    """The quiz that waits to be gone on with, or what was begun by trying; one query."""
    kinds = [Attempt.Kind.QUIZ, Attempt.Kind.TRY]
    begun = Attempt.objects.open().filter(person_id=person.pk, module=module, kind__in=kinds)
    return begun.order_by("kind").first()


@register.simple_tag
def questions_to_try(module: ModulePage, person: AbstractBaseUser) -> int:
    """How many questions a reader may try before she begins; none once she was asked any."""
    return count_to_try(person, module)
