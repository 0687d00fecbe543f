"""Whatever can move a figure, in any order: people, places, requirements, dates, the clock."""

import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from departments.actions.correcting import correct_membership, set_leave
from departments.actions.giving import Given, give, take_back
from departments.actions.memberships import Place
from departments.actions.organisation import (
    add_department,
    merge_departments,
    move_department,
    rename_department,
)
from departments.actions.placing import (
    add_second_department,
    end_employment,
    end_membership,
    move_person,
    place_person,
)
from departments.actions.refusing import Refused
from departments.actions.requirements import (
    ChangedMeanwhile,
    change_requirement,
    drop_requirement,
    require_module,
)
from departments.actions.rolling import levels_of
from departments.importers.people import import_people
from departments.models import (
    Assignment,
    Department,
    Exemption,
    Extension,
    Membership,
    ReadinessRollup,
    Requirement,
)
from departments.reports import Terms, department_readiness, terms_of
from departments.reports.act_plans import Act, Wish, plan_of
from departments.steps import figures_on, together
from knowledge.importers.reporting import ImportRefused
from knowledge.models import ModulePage
from portal.models import User
from quizzes.actions.standings import _move, begin_standing
from quizzes.checking import Held
from quizzes.memory import Dates
from quizzes.models import Standing, StandingEvent
from tests.changing import changed, module_about, published_brief
from tests.factories import DepartmentFactory, ModuleFactory, PersonFactory

TITLES = ("Adviser", "Engineer", "")
A_DAY = timedelta(days=1)
FEWEST_REQUIREMENTS = 5

type Figures = dict[tuple[int, int], tuple[int, ...]]


class Storm:
    """Each `strike` is one event at `at`; refusals are no events."""

    def __init__(self, seed: int, at: datetime, people: int = 16) -> None:
        self.chance, self.at, self.struck = Random(seed), at, Counter[str]()
        self.by = PersonFactory(administrator=True)
        self.top = DepartmentFactory(name="Company")
        for name in ("Care", "Sales", "Field"):
            DepartmentFactory(name=name, parent=self.top)
        self.brief = published_brief(at - 30 * A_DAY, limit="Up to £50.")
        self.modules = [module_about(self.brief, 1), *ModuleFactory.create_batch(3)]
        for module in self.modules[:2]:
            terms = Terms(due_on=None, joiner_days=30)
            require_module(department=self.top, module=module, terms=terms, actor=None, at=at)
        self.people = [PersonFactory() for _ in range(people)]
        for person in self.people:
            self._place(person)

    @property
    def events(self) -> dict[Callable[[], object], int]:
        return {
            self.dates_move: 40,
            self.somebody_joins: 5,
            self.somebody_moves: 6,
            self.second_department: 5,
            self.second_department_ends: 3,
            self.somebody_leaves: 2,
            self.leave: 5,
            self.place_corrected: 4,
            self.requirement: 8,
            self.requirement_dropped: 2,
            self.given: 10,
            self.taken_back: 5,
            self.department_moves: 3,
            self.department_renamed: 2,
            self.department_added: 1,
            self.departments_merge: 1,
            self.list_of_people: 2,
            self.account: 2,
            self.change: 1,
        }

    def strike(self) -> None:
        events = self.events
        event = self.chance.choices(list(events), list(events.values()))[0]
        try:
            event()
        except (Refused, ChangedMeanwhile, ImportRefused):
            return
        self.struck[event.__name__] += 1

    @property
    def today(self) -> date:
        return self.at.date()

    def day(self, before: int = 0, after: int = 60) -> date:
        return self.today + self.chance.randint(-before, after) * A_DAY

    def person(self) -> User:
        return self.chance.choice(self.people)

    def module(self) -> ModulePage:
        module: ModulePage = self.chance.choice(self.modules)
        return module

    def department(self) -> Department:
        found: list[Department] = list(Department.objects.filter(closed_on=None))
        return self.chance.choice(found)

    def _place(self, person: User) -> None:
        place = Place(
            self.department(),
            self.day(400, 20),
            title=self.chance.choice(TITLES),
            level=self.chance.choice(Membership.Level.values),
        )
        place_person(person=person, place=place, by=None, at=self.at)

    def dates_move(self) -> None:
        person, module = self.person(), self.module()
        begin_standing(person=person, module=module, at=self.at)
        standing = Standing.objects.get(person=person, module=module)
        until = self.day(5, 70)
        standing.passed_on, standing.version = self.today, 1
        held = Held(Dates(ready_until=until, practice_from=until - 5 * A_DAY))
        _move(standing, StandingEvent.Kind.PASSED, held, self.at)

    def somebody_joins(self) -> None:
        person = PersonFactory()
        self.people.append(person)
        self._place(person)

    def somebody_moves(self) -> None:
        place = Place(self.department(), self.day(0, 30), title=self.chance.choice(TITLES))
        move_person(person=self.person(), place=place, by=self.by, at=self.at)

    def second_department(self) -> None:
        place = Place(self.department(), self.day(10, 20), self.day(30, 90))
        add_second_department(person=self.person(), place=place, by=self.by, at=self.at)

    def second_department_ends(self) -> None:
        seconds = list(Membership.objects.filter(is_home=False))
        if seconds:
            membership = self.chance.choice(seconds)
            end_membership(membership=membership, last_day=self.day(2), by=self.by, at=self.at)

    def somebody_leaves(self) -> None:
        end_employment(person=self.person(), last_day=self.day(1, 40), by=self.by, at=self.at)

    def leave(self) -> None:
        first = self.day(20, 30)
        set_leave(
            person=self.person(), leave_from=first, leave_to=first + 20 * A_DAY, by=None, at=self.at
        )

    def place_corrected(self) -> None:
        membership = self.chance.choice(list(Membership.objects.select_related("department")))
        place = Place(
            membership.department,
            self.day(300, 5),
            membership.ends_on,
            title=self.chance.choice(TITLES),
            level=self.chance.choice(Membership.Level.values),
        )
        correct_membership(membership=membership, place=place, by=self.by, at=self.at)

    def _terms(self) -> Terms:
        is_narrow = self.chance.random() < 0.4
        return Terms(
            due_on=None,
            joiner_days=self.chance.choice((7, 30, 90)),
            levels=("staff", "lead") if is_narrow else (),
            titles=("adviser",) if self.chance.random() < 0.3 else (),
            starts_on=self.day(10, 30) if self.chance.random() < 0.4 else None,
        )

    def requirement(self) -> None:
        stored = list(Requirement.objects.select_related("department", "module"))
        if stored and self.chance.random() < 0.5:
            requirement = self.chance.choice(stored)
            seen = terms_of(requirement)
            change_requirement(
                requirement=requirement, seen=seen, terms=self._terms(), actor=None, at=self.at
            )
        else:
            department, module = self.department(), self.module()
            require_module(
                department=department, module=module, terms=self._terms(), actor=None, at=self.at
            )

    def requirement_dropped(self) -> None:
        if Requirement.objects.count() < FEWEST_REQUIREMENTS:
            return
        requirement = self.chance.choice(list(Requirement.objects.all()))
        seen = terms_of(requirement)
        drop_requirement(requirement=requirement, seen=seen, actor=None, at=self.at)

    def given(self) -> None:
        department, person = self.department(), self.person()
        act = self.chance.choice((Act.WAIVE, Act.EXTEND, Act.ASSIGN))
        wish = Wish(
            act, frozenset({person.pk}), frozenset({self.module().pk}), self.by.pk, self.day(-5, 60)
        )
        seen = plan_of(department, wish, on=self.today).seen
        give(department=department, wish=wish, reason="-", seen=seen, by=self.by, at=self.at)

    def taken_back(self) -> None:
        kind: type[Given] = self.chance.choice((Exemption, Extension, Assignment))
        found: list[Given] = list(
            kind._default_manager.filter(withdrawn_on=None).select_related("person", "module")
        )
        if found:
            chosen = self.chance.choice(found)
            take_back(given=chosen, department=self.top, by=self.by, at=self.at)

    def department_moves(self) -> None:
        moved, parent = self.department(), self.department()
        move_department(department=moved, parent=parent, by=self.by, at=self.at)

    def department_renamed(self) -> None:
        name = f"{self.chance.choice('ABCXYZ')} {self.chance.randint(1, 10_000)}"
        rename_department(department=self.department(), name=name, by=self.by, at=self.at)

    def department_added(self) -> None:
        name = f"New {self.chance.randint(1, 10_000)}"
        add_department(name=name, parent=self.department(), by=self.by, at=self.at)

    def departments_merge(self) -> None:
        merged, into = self.department(), self.department()
        merge_departments(merged=merged, into=into, by=self.by, at=self.at)

    def list_of_people(self) -> None:
        lines = ["email,given_name,family_name,department,starts_on"]
        for person in self.chance.sample(self.people, 4):
            department = self.department()
            names = "/".join(each.name for each in [*department.get_ancestors(), department])
            lines.append(f"{person.email},Robin,Example,{names},{self.day(0, 20)}")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "people.csv"
            file.write_text("\n".join(lines) + "\n")
            import_people(file, at=self.at)

    def account(self) -> None:
        person = self.person()
        person.refresh_from_db()
        person.is_active = not person.is_active
        person.save(update_fields=["is_active"])

    def change(self) -> None:
        words = {"limit": f"Up to £{self.chance.randint(60, 9_999)}."}
        changed(self.brief, words, at=self.at, grace_days=self.chance.randint(0, 14))


def stored_figures(day: date) -> Figures:
    found = {
        (row.department_id, row.module_id): tuple(figures_on(together(levels_of(row), day), day))
        for row in ReadinessRollup.objects.all()
    }
    return {pair: figures for pair, figures in found.items() if any(figures)}


def raw_figures(day: date) -> Figures:
    """As the pages count them, department by department."""
    found = {}
    for department in Department.objects.all():
        for column in department_readiness(department, on=day).columns:
            tally = column.tally
            figures = (tally.needed, tally.ready, tally.previous, tally.not_counted)
            found[department.pk, column.module_id] = figures
    return {pair: figures for pair, figures in found.items() if any(figures)}
