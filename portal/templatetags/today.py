from django import template
from django.utils import timezone

from portal.models import User
from portal.reports import ModuleLine, my_modules
from quizzes.days import organisation_day

register = template.Library()


@register.filter
def modules_to_know(person: User) -> list[ModuleLine]:
    """What the person's department must know, the most pressing first; five queries."""
    return my_modules(person, on=organisation_day(timezone.now()))
