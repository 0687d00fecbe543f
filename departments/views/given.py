"""What a head's people were given, and taking it back early."""

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from departments.actions.giving import take_back
from departments.models import Department, Membership
from departments.reports.given_lines import TABLES, Given, given_below, given_here, people_led
from departments.views.reaching import headed_department
from knowledge.views.reaching import colleague
from quizzes.days import organisation_day, organisation_today


@require_safe
def team_given(request: HttpRequest, pk: int) -> HttpResponse:
    day = organisation_today()
    department = headed_department(request, pk, day)
    context = {
        "department": department,
        "given": given_below(department, on=day, reader=colleague(request).pk),
    }
    return render(request, "departments/acting/given.html", context)


@require_POST
def team_take_back(request: HttpRequest, pk: int, kind: str, given: int) -> HttpResponse:
    at = timezone.now()
    day = organisation_day(at)
    department = headed_department(request, pk, day)
    found = given_or_404(department, kind, given, colleague(request))
    home = (
        Membership.objects.current(on=day)
        .filter(
            person_id=found.person_id, is_home=True, department__path__startswith=department.path
        )
        .first()
    )
    place = home.department if home else department
    if take_back(given=found, department=place, by=colleague(request), at=at):
        told = _("Taken back: %(module)s for %(person)s.")
        messages.success(request, told % {"module": found.module, "person": found.person})
    else:
        messages.info(request, _("Somebody has taken this back already. Nothing was changed."))
    return redirect("departments:team-given", pk)


def given_or_404(department: Department, kind: str, key: int, head: AbstractBaseUser) -> Given:
    """Of her own people only; what she was given herself, those above her take back."""
    if kind not in TABLES:
        raise Http404
    day = organisation_today()
    people = people_led(department, on=day)
    rows = TABLES[kind]._default_manager.filter(person__in=people)  # noqa: SLF001  (Django's own name)
    asked = rows.exclude(person=head.pk).select_related("person", "module").filter(pk=key)
    for found in given_here(asked, department, on=day):
        return found
    raise Http404
