from django import template
from django.utils.translation import gettext_lazy as _

from quizzes.models import StandingEvent

register = template.Library()

EVENT_WORDS = {
    StandingEvent.Kind.STARTED: _("You began %(module)s"),
    StandingEvent.Kind.PASSED: _("You passed %(module)s"),
    StandingEvent.Kind.PRACTISED: _("You practised %(module)s"),
    StandingEvent.Kind.NOT_YET: _("You tried the quiz of %(module)s"),
    StandingEvent.Kind.CHECKED: _("You checked what changed in %(module)s"),
    StandingEvent.Kind.CHANGED: _("%(module)s changed"),
    StandingEvent.Kind.EXEMPTED: _("You were exempted from %(module)s"),
    StandingEvent.Kind.CORRECTED: _("Your date for %(module)s was put right"),
}


@register.filter
def told(event: StandingEvent) -> str:
    """“You passed Fair Refund”"""
    return EVENT_WORDS[StandingEvent.Kind(event.kind)] % {"module": event.module.title}
