from typing import Any

from django import template

from portal.models import User
from portal.permissions import may_require_modules, may_write_questions
from portal.reports.authoring import Authoring
from portal.reports.translations import outlook_of

register = template.Library()


@register.simple_tag
def authoring_state(edited: Any, author: User) -> Authoring:
    """How something that marketing writes stands, and what comes next."""
    return outlook_of(
        edited,
        may_require=may_require_modules(author),
        may_ask=may_write_questions(author),
    )
