"""People and their places, for administrators: found, looked at, and changed."""

from functools import partial

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from departments.actions.foretelling import PersonEffect, effect_on_person
from departments.forms.listing import PeopleListForm
from departments.forms.places import PERSON_ACTS, PersonForm
from departments.reports.directory import people_found, person_file, person_lines
from departments.signals import person_seen
from departments.views.confirming import Visit, Way, confirm, sent_form, visit_or_404

PEOPLE_ON_A_PAGE = 50
PERSON_PREVIEW = "departments/organising/person_preview.html"


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    visit = visit_or_404(request)
    form = PeopleListForm(request.GET, day=visit.day)
    people = people_found(form.words, form.department, on=visit.day)
    sheet = Paginator(people, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "sheet": sheet,
        "lines": person_lines(sheet.object_list, on=visit.day),
    }
    return render(request, "departments/organising/people.html", context)


@require_safe
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_or_404(request)
    person = person_or_404(pk)
    note_seen(visit, person, _("Your places, your leave and what you lead"))
    context = {"person": person, "file": person_file(person, on=visit.day), "day": visit.day}
    return render(request, "departments/organising/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    visit = visit_or_404(request)
    person = person_or_404(pk)
    if act not in PERSON_ACTS:
        raise Http404
    if request.method != "POST":
        note_seen(visit, person, _("Your places, to change them"))
    form = filled_form(request, person, PERSON_ACTS[act], visit)
    way = Way(str(person), reverse("departments:person-detail", args=[person.pk]), PERSON_PREVIEW)
    foretold = partial(foretell, form, person, visit)
    return confirm(request, form, visit=visit, way=way, foretell=foretold)


def filled_form(
    request: HttpRequest, person: AbstractBaseUser, kind: type[PersonForm], visit: Visit
) -> PersonForm:
    return kind(
        sent_form(request, kind),
        initial={"place": request.GET.get("place", "")},
        day=visit.day,
        person=person,
        file=person_file(person, on=visit.day),
    )


def foretell(form: PersonForm, person: AbstractBaseUser, visit: Visit) -> PersonEffect:
    act = partial(form.act, by=visit.person, at=visit.at)
    return effect_on_person(person, act, on=form.counts_on)


def person_or_404(pk: int) -> AbstractBaseUser:
    people = get_user_model()._default_manager.filter(anonymised_on=None)  # noqa: SLF001  (Django's own name)
    person: AbstractBaseUser = get_object_or_404(people, pk=pk)
    return person


def note_seen(visit: Visit, person: AbstractBaseUser, what: str) -> None:
    """She can read herself who looked."""
    person_seen.send(sender=None, viewer=visit.person, person=person, what=what, at=visit.at)
