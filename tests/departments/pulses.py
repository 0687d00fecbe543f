"""Months' questions for tests, answered by whom you like."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from departments.actions.pulse import answer_pulse
from departments.models import Belief, Department, Pulse
from knowledge.models import PromisePage
from portal.models import User
from tests.conftest import NOW
from tests.factories import DepartmentFactory, MembershipFactory, PromiseFactory

OPENS_ON, CLOSES_ON = date(2026, 11, 2), date(2026, 11, 30)
AFTERWARDS = datetime(2026, 12, 1, 9, tzinfo=NOW.tzinfo)


def pulse_about(promise: PromisePage | None = None, **days: date) -> Pulse:
    """This month's question, open now."""
    pulse: Pulse = Pulse.objects.create(
        promise=promise or PromiseFactory(title="Fair Refund"),
        **{"month": date(2026, 11, 1), "opens_on": OPENS_ON, "closes_on": CLOSES_ON} | days,
    )
    return pulse


def company_of(**sizes: int) -> dict[str, Department]:
    """Departments directly below the company, with so many people each."""
    company = DepartmentFactory(name="Company")
    for name, people in sizes.items():
        MembershipFactory.create_batch(
            people, department=DepartmentFactory(name=name, parent=company)
        )
    return {department.name: department for department in Department.objects.all()}


def people_in(department: Department) -> list[User]:
    return list(User.objects.filter(memberships__department=department).order_by("pk"))


def answer_as(person: User, pulse: Pulse, belief: str = Belief.YES, **more: Any) -> bool:
    return answer_pulse(pulse=pulse, person=person, belief=belief, **{"at": NOW} | more)


def answer_all(
    pulse: Pulse,
    counts: Mapping[str, Sequence[int]],
    departments: Mapping[str, Department],
    *,
    at: datetime = NOW,
) -> None:
    """How many of each department say yes, not yet and no."""
    for name, said in counts.items():
        people = iter(people_in(departments[name]))
        for belief, number in zip(Belief.values, said, strict=True):
            for _time in range(number):
                answer_as(next(people), pulse, belief, at=at)
