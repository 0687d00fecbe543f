"""An organisation as large as asked for, written in bulk."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import batched, count
from typing import Any

from django.db import connection
from django.utils import timezone

from departments.models import Department, Headship, Membership, Requirement
from knowledge.models import ModulePage
from portal.models import User
from tests.factories import ModuleFactory

PEOPLE_A_DEPARTMENT = 100
MODULES = 20
AT_ONCE = 5_000
LONG_AGO = date(2024, 1, 8)
# A hash that no password has; hashing one for each would take longer than all the rest.
NO_PASSWORD = "!"
# One workload's people must not be in the way of the next one's.
NUMBERS = count()

# A statement, because two million rows would not fit through Python. Four in ten are ready, two
# are due, two have lapsed and two have only started.
STANDINGS_SQL = """
INSERT INTO quizzes_standing
    (person_id, module_id, started_at, passed_on, ready_until, practice_from, version)
SELECT person.id, module.page_ptr_id, %s,
    CASE WHEN (person.id + module.page_ptr_id) %% 5 < 4 THEN %s END,
    CASE (person.id + module.page_ptr_id) %% 5 WHEN 2 THEN %s WHEN 3 THEN %s WHEN 4 THEN NULL
        ELSE %s END,
    CASE (person.id + module.page_ptr_id) %% 5 WHEN 2 THEN %s WHEN 3 THEN %s WHEN 4 THEN NULL
        ELSE %s END,
    CASE WHEN (person.id + module.page_ptr_id) %% 5 < 4 THEN 1 END
FROM portal_user person CROSS JOIN knowledge_modulepage module
WHERE person.email LIKE 'person%%' AND person.id > %s
"""


class Organisation:
    """A root department, parts of a hundred people each, and modules that everybody must know."""

    def __init__(self) -> None:
        self.root = Department.add_root(name="Organisation")
        self.modules: list[ModulePage] = ModuleFactory.create_batch(MODULES)
        Requirement.objects.bulk_create(
            Requirement(department=self.root, module=module) for module in self.modules
        )
        self.size = 0

    def grow_to(self, size: int) -> None:
        """Adds departments; those that were there before stay as they were."""
        newest = User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        numbers = range(self.size, size)
        people = bulk_people(numbers)
        first = self.size // PEOPLE_A_DEPARTMENT + 1
        places = range(first, first + len(numbers) // PEOPLE_A_DEPARTMENT)
        departments = self._departments(places)
        for batch in batched(zip(people, numbers, strict=True), AT_ONCE):
            Membership.objects.bulk_create(
                Membership(
                    person=person,
                    department=departments[number // PEOPLE_A_DEPARTMENT - first + 1],
                    title="Adviser",
                    starts_on=LONG_AGO,
                )
                for person, number in batch
            )
        write_standings(newest)
        analyse()
        self.size = size

    def _departments(self, places: Iterable[int]) -> list[Department]:
        departments: list[Department] = Department.objects.bulk_create(
            Department(
                name=f"Department {place:05}",
                path=Department._get_path(self.root.path, 2, place),
                depth=2,
            )
            for place in places
        )
        Department.objects.filter(pk=self.root.pk).update(
            numchild=Department.objects.filter(depth=2).count()
        )
        return departments

    @property
    def first_department(self) -> Department:
        department: Department = Department.objects.filter(depth=2).earliest("path")
        return department


def bulk_people(numbers: Iterable[int], prefix: str = "person") -> list[User]:
    people: list[User] = []
    for batch in batched(numbers, AT_ONCE):
        people += User.objects.bulk_create(
            User(
                email=f"{prefix}{next(NUMBERS)}@example.com",
                first_name=f"Robin{number % 89}",
                last_name=f"Example{number:06}",
                password=NO_PASSWORD,
            )
            for number in batch
        )
    return people


def write_standings(after: int) -> None:
    today = timezone.localdate()
    passed_on, lapsed_on, due_until, ready_until = (
        today + timedelta(days=days) for days in (-90, -1, 3, 40)
    )
    started_at = datetime.combine(passed_on, time(9), timezone.get_current_timezone())
    days: Sequence[date] = (due_until, lapsed_on, ready_until)
    practice_from: Sequence[date] = (today, passed_on, today + timedelta(days=30))
    values: list[Any] = [started_at, passed_on, *days, *practice_from]
    if connection.vendor == "sqlite":
        values = [str(value) for value in values]
    with connection.cursor() as cursor:
        cursor.execute(typed(STANDINGS_SQL), [*values, after])


def typed(sql: str) -> str:
    """PostgreSQL wants to know what a bare value in a CASE is."""
    if connection.vendor == "sqlite":
        return sql
    return sql.replace("THEN %s", "THEN %s::date").replace("ELSE %s", "ELSE %s::date")


def analyse() -> None:
    """Tells the database how large it has become, as its own housekeeping would overnight."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def appoint(department: Department) -> User:
    """A head for the department, who isn't one of its people."""
    head = bulk_people([department.pk], prefix="head")[0]
    Headship.objects.create(person=head, department=department, starts_on=LONG_AGO)
    return head
