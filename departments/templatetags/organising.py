from django import template
from django.utils.translation import gettext

from departments.reports.structure import Trouble

register = template.Library()


@register.filter
def trouble_told(trouble: Trouble) -> str:
    return gettext(trouble.sentence) % trouble.names
