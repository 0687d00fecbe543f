from django import template

from departments.models import Department
from departments.reports.linking import departments_without_link as without_link
from quizzes.days import organisation_today

register = template.Library()


@register.simple_tag
def departments_without_link() -> list[Department]:
    """Departments that keep no part of any promise; two queries."""
    return without_link(organisation_today())
