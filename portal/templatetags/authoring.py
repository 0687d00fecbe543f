from typing import Any

from django import template

from portal.reports.authoring import Authoring, authoring_of

register = template.Library()


@register.simple_tag
def authoring_state(edited: Any) -> Authoring:
    """How something that marketing writes stands, and what comes next."""
    return authoring_of(edited)
