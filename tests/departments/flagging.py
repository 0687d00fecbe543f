"""A promise with somebody who answers for it, and colleagues who can't keep it."""

from datetime import datetime, timedelta
from typing import Any

from departments.actions.flags import raise_flag, reply_to_flag
from departments.models import Department, Flag, FlagReply
from knowledge.models import PromisePage
from portal.models import User
from tests.conftest import NOW
from tests.factories import MembershipFactory, PersonFactory, PromiseFactory

TEXT = "the refund run is on Thursday"


def kept_promise(*departments: Department, **fields: Any) -> PromisePage:
    """Of an owner whose name is Grace Owner."""
    owner = PersonFactory(first_name="Grace", last_name="Owner")
    given = {"title": "Fair Refund", "slug": "fair-refund", "owner": owner} | fields
    page: PromisePage = PromiseFactory(departments=departments, **given)
    return page


def flag_by(
    person: User, promise: PromisePage, text: str = TEXT, at: datetime = NOW, **told: bool
) -> Flag:
    return raise_flag(promise=promise, text=text, by=person, at=at, **told)


def answered(
    flag: Flag, *, after: timedelta = timedelta(), text: str = "From Monday."
) -> FlagReply:
    owner = flag.promise.owner
    at = flag.raised_at + after
    return reply_to_flag(flag=flag, text=text, by=owner, at=at, is_answer=True)


def team_of(department: Department, people: int) -> list[User]:
    return [MembershipFactory(department=department).person for _one in range(people)]
