from django import template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.reports import ModuleLine, my_modules
from quizzes.days import organisation_day
from quizzes.models import StandingEvent

register = template.Library()

EVENT_WORDS = {
    StandingEvent.Kind.STARTED: _("You began %(module)s"),
    StandingEvent.Kind.PASSED: _("You passed %(module)s"),
    StandingEvent.Kind.PRACTISED: _("You practised %(module)s"),
    StandingEvent.Kind.NOT_YET: _("You tried the quiz of %(module)s"),
    StandingEvent.Kind.CHANGED: _("%(module)s changed"),
    StandingEvent.Kind.EXEMPTED: _("You were exempted from %(module)s"),
    StandingEvent.Kind.CORRECTED: _("Your date for %(module)s was put right"),
}


@register.filter
def told(event: StandingEvent) -> str:
    """“You passed Fair Refund”"""
    return EVENT_WORDS[StandingEvent.Kind(event.kind)] % {"module": event.module.title}


@register.filter
def modules_to_know(person: User) -> list[ModuleLine]:
    """What the person's department must know, the most pressing first; five queries."""
    return my_modules(person, on=organisation_day(timezone.now()))
