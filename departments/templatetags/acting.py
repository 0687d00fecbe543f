from django import template
from django.contrib.auth.models import AbstractBaseUser

from departments.models import Department
from departments.reports.coming import ComingChange, coming_changes
from departments.reports.nudges import OpenNudge, open_nudges
from departments.reports.time_requests import TimeRequests, time_requests_for
from quizzes.days import organisation_today

register = template.Library()


@register.simple_tag(name="nudges_for")
def own_nudges(person: AbstractBaseUser) -> list[OpenNudge]:
    """What a head wrote to this reader, while something of it is to be done; one query or eight."""
    return list(open_nudges([person.pk], organisation_today()).values())


@register.simple_tag(name="coming_changes_for")
def coming_changes_of(department: int) -> list[ComingChange]:
    """Of a department that the reader leads, by its key."""
    return coming_changes(Department.objects.get(pk=department), organisation_today())


@register.simple_tag(name="time_requests_for")
def requests_for(person: AbstractBaseUser) -> TimeRequests:
    return time_requests_for(person, on=organisation_today())
