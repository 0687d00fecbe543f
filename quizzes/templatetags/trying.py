from django import template
from django.contrib.auth.models import AbstractBaseUser

from knowledge.models import ModulePage
from quizzes.reports import count_to_try

register = template.Library()


@register.simple_tag
def questions_to_try(module: ModulePage, person: AbstractBaseUser) -> int:
    """How many questions a reader may try before she begins; none once she was asked any."""
    return count_to_try(person, module)
