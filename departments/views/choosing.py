"""Whom a head has ticked, and for which modules. Whoever she doesn't lead is not there."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone

from departments.models import Department
from departments.reports import DepartmentReadiness, PersonRow, department_readiness
from departments.reports.acts import Act, Wish
from departments.views.reaching import headed_department
from knowledge.models import ModulePage
from knowledge.views.reaching import colleague
from quizzes.days import organisation_day


@dataclass(frozen=True, slots=True)
class Choice:
    """What a head has ticked on her team's page, or on the page to act."""

    department: Department
    report: DepartmentReadiness
    head: AbstractBaseUser
    at: datetime
    people: frozenset[int]
    modules: frozenset[str]
    # Travels as one word: a form takes no more than a thousand fields.
    is_everybody: bool = False

    @property
    def day(self) -> date:
        return organisation_day(self.at)

    @property
    def rows(self) -> list[PersonRow]:
        return [row for row in self.report.rows if row.person_id in self.people]

    def wish(self, act: Act, until: date | None = None) -> Wish:
        keys = module_keys(self.modules)
        return Wish(act, self.people, keys, self.head.pk, until)


def choice_or_404(request: HttpRequest, pk: int) -> Choice:
    at = timezone.now()
    day = organisation_day(at)
    department = headed_department(request, pk, day)
    report = department_readiness(department, on=day)
    sent = request.POST if request.method == "POST" else request.GET
    return Choice(
        department=department,
        report=report,
        head=colleague(request),
        at=at,
        people=ticked_people(sent, report),
        modules=ticked_modules(sent),
        is_everybody="everybody" in sent,
    )


def ticked_people(sent: QueryDict, report: DepartmentReadiness) -> frozenset[int]:
    """Of the people on the team's page; anybody else is not there."""
    led = {str(row.person_id): row.person_id for row in report.rows}
    if "everybody" in sent:
        return frozenset(led.values())
    ticked = sent.getlist("person")
    if not set(ticked) <= set(led):
        raise Http404
    return frozenset(led[key] for key in ticked)


def ticked_modules(sent: QueryDict) -> frozenset[str]:
    """Open ones only, asked of the team or not."""
    ticked = frozenset(sent.getlist("module"))
    opened = ModulePage.objects.open_to_colleagues().filter(slug__in=ticked)
    if ticked and ticked != set(opened.values_list("slug", flat=True)):
        raise Http404
    return ticked


def module_keys(slugs: frozenset[str]) -> frozenset[int]:
    opened = ModulePage.objects.open_to_colleagues().filter(slug__in=slugs)
    return frozenset(opened.values_list("pk", flat=True)) if slugs else frozenset()
