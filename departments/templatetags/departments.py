from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from departments.readiness import Readiness
from departments.reports import standing_readiness
from knowledge.models import ModulePage
from quizzes.days import organisation_day

register = template.Library()


@register.simple_tag
def readiness_in(module: ModulePage, person: AbstractBaseUser) -> Readiness:
    """A person's own state in a module today; one query."""
    return standing_readiness(person, module, on=organisation_day(timezone.now()))
