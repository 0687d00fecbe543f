"""Who asked for more time, and who says whether it can be had: those above, else administrators."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from departments.models import Department, Headship, Requirement, TimeRequest
from departments.permissions import is_administrator
from departments.reports.people import paths_down_to
from departments.reports.requirements import requirement_above
from knowledge.models import ModulePage

# How long an answer is shown to who asked.
SHOWN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class TimeRequests:
    """`to_answer` wait for the reader; `answered` are lately decided ones of her departments."""

    to_answer: tuple[TimeRequest, ...]
    answered: tuple[TimeRequest, ...]

    def __bool__(self) -> bool:
        return bool(self.to_answer or self.answered)


def time_requests_for(person: AbstractBaseUser, *, on: date) -> TimeRequests:
    """Three queries, and one where something waits."""
    headed = _headed_paths(person, on)
    if not headed and not is_administrator(person):
        return TimeRequests((), ())
    requests = TimeRequest.objects.select_related(
        "department", "module", "asked_by", "answered_by"
    ).filter(Q(answer="") | Q(answered_at__date__gt=on - SHOWN_FOR))
    known = list(requests.order_by("asked_at"))
    waiting = [each for each in known if not each.answer]
    return TimeRequests(
        to_answer=tuple(answered_by(person, waiting, headed, on)),
        answered=tuple(each for each in known if each.answer and _is_hers(each, headed)),
    )


def answered_by(
    person: AbstractBaseUser, waiting: Sequence[TimeRequest], headed: Sequence[str], on: date
) -> list[TimeRequest]:
    """Those of the open requests that the person answers; her own are another's."""
    others = [each for each in waiting if each.asked_by_id != person.pk]
    above = [each for each in others if _leads_above(each.department, headed)]
    if not is_administrator(person):
        return above
    led = _led_by_somebody(waiting, on)
    alone = [each for each in others if not (led & set(_above(each.department)))]
    return [each for each in others if each in above or each in alone]


def may_answer(person: AbstractBaseUser, request: TimeRequest, *, on: date) -> bool:
    return bool(answered_by(person, [request], _headed_paths(person, on), on))


def modules_to_ask_time_for(department: Department) -> list[ModulePage]:
    """What the department, or one above it, asks, and for which it hasn't asked for time yet."""
    waiting = TimeRequest.objects.filter(department=department, answer="")
    asked = Requirement.objects.filter(department__path__in=paths_down_to(department))
    modules = ModulePage.objects.open_to_colleagues().filter(pk__in=asked.values("module"))
    return list(modules.exclude(pk__in=waiting.values("module")).order_by("title"))


def own_requirement(department: Department, module: ModulePage) -> Requirement | None:
    own = Requirement.objects.filter(department=department, module_id=module.pk)
    return own.select_related("department", "module").first()


def binding_requirement(department: Department, module: ModulePage) -> Requirement | None:
    """The department's own, else the nearest from above."""
    return own_requirement(department, module) or requirement_above(department, module)


def _headed_paths(person: AbstractBaseUser, on: date) -> list[str]:
    led = Headship.objects.current(on=on).filter(person_id=person.pk)
    return list(led.values_list("department__path", flat=True))


def _leads_above(department: Department, headed: Iterable[str]) -> bool:
    return any(path in _above(department) for path in headed)


def _is_hers(request: TimeRequest, headed: Iterable[str]) -> bool:
    return any(request.department.path.startswith(path) for path in headed)


def _above(department: Department) -> list[str]:
    return paths_down_to(department)[:-1]


def _led_by_somebody(waiting: Iterable[TimeRequest], on: date) -> set[str]:
    """Places above that are led by anybody but who asked there; nobody answers herself."""
    paths = {path for each in waiting for path in _above(each.department)}
    askers = {each.asked_by_id for each in waiting}
    led = Headship.objects.current(on=on).filter(department__path__in=paths, person__is_active=True)
    return set(led.exclude(person__in=askers).values_list("department__path", flat=True))
