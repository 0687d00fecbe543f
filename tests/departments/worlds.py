"""Organisations made by chance: people, what is asked of them, and versions behind and ahead."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from departments.models import (
    Assignment,
    Department,
    Exemption,
    Extension,
    Headship,
    Membership,
    Requirement,
)
from knowledge.actions import approve_change
from knowledge.models import BriefPage, ChangePlan, ModulePage
from portal.models import User
from quizzes.models import Standing
from tests.changing import changed, decided, module_about, planned, published_brief, redrafted
from tests.conftest import NOW
from tests.factories import TODAY, DepartmentFactory, ModuleFactory, PersonFactory, QuestionFactory

WORDS = ("Three days.", "Four days.", "Five days.")
TITLES = ("Adviser", "Engineer", "")


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


class Workplace:
    """One brief that modules ask for; questions may ask for another brief, too."""

    def __init__(self, seed: int, people: int = 18) -> None:
        self.chance = Random(seed)
        self.departments = self._departments()
        self.people: list[User] = [PersonFactory() for _ in range(people)]
        self.brief = published_brief(NOW - timedelta(days=200), days=WORDS[0], form="No forms.")
        self.other = published_brief(NOW - timedelta(days=200), price="Ten pounds.")
        self.modules = self._modules()
        self._work()
        self._ask()
        self._prove(before=True)
        self._change()
        self._prove(before=False)
        self._give()

    def some[T](self, of: Sequence[T], most: int) -> list[T]:
        return self.chance.sample(list(of), self.chance.randint(1, min(most, len(of))))

    def day(self, first: int, last: int) -> date:
        return after(self.chance.randint(first, last))

    def perhaps(self, share: float) -> bool:
        return self.chance.random() < share

    def _departments(self) -> list[Department]:
        top = DepartmentFactory(name="Company")
        care = DepartmentFactory(name="Care", parent=top)
        places = [(top, "Sales"), (care, "Phones"), (care, "Letters"), (top, "Finance")]
        for parent, name in places:
            DepartmentFactory(name=name, parent=parent)
        return list(Department.objects.order_by("path"))

    def _modules(self) -> list[ModulePage]:
        first = module_about(self.brief, questions_per_fact=1)
        found: list[ModulePage] = [first]
        if self.perhaps(0.3):
            found.append(ModuleFactory(brief=self.brief))
        if self.perhaps(0.3):
            QuestionFactory(module=found[-1], facts=[self.other.facts.get()])
        return found

    def _work(self) -> None:
        for person in self.people:
            first = self.day(-400, -40) if self.perhaps(0.7) else self.day(-35, 25)
            last = first + timedelta(days=self.chance.randint(1, 450))
            self._place(person, first, last if self.perhaps(0.25) else None)
            if self.perhaps(0.3):
                start = self.day(-60, 20)
                end = start + timedelta(days=self.chance.randint(5, 90))
                self._place(person, start, end, is_home=False)
            if self.perhaps(0.05):
                person.is_active = False
                person.save()

    def _place(self, person: User, first: date, last: date | None, *, is_home: bool = True) -> None:
        away = self.perhaps(0.25)
        leave = self.day(-20, 30) if away else None
        department = self.chance.choice(self.departments)
        if Membership.objects.filter(person=person, department=department).exists():
            return
        Membership.objects.create(
            person=person,
            department=department,
            starts_on=first,
            ends_on=last,
            is_home=is_home,
            title=self.chance.choice(TITLES),
            level=self.chance.choice(("staff", "lead")),
            leave_from=leave,
            leave_to=leave + timedelta(days=self.chance.randint(0, 25))
            if leave and self.perhaps(0.8)
            else None,
        )

    def _ask(self) -> None:
        for module in self.modules:
            places = self.some(self.departments, 3)
            if self.perhaps(0.6):
                places = list({self.departments[0], *places})
            for place in places:
                Requirement.objects.create(
                    department=place,
                    module=module,
                    known_from=after(-300),
                    joiner_days=self.chance.choice((7, 30, 60)),
                    levels=["staff"] if self.perhaps(0.2) else [],
                    titles=["adviser"] if self.perhaps(0.15) else [],
                    starts_on=self.day(-10, 40) if self.perhaps(0.3) else None,
                )

    def _prove(self, *, before: bool) -> None:
        for person in self.people:
            for module in self.modules:
                has = Standing.objects.filter(person=person, module=module).exists()
                if not has and self.perhaps(0.4 if before else 0.8):
                    self._standing(person, module, 1 if before else self._live())

    def _standing(self, person: User, module: ModulePage, version: int) -> None:
        is_started = self.perhaps(0.08)
        until = self.day(-10, 30) if self.perhaps(0.3) else self.day(40, 200)
        dates = {
            "passed_on": after(-20),
            "ready_until": until,
            "practice_from": until - timedelta(days=self.chance.randint(0, 20)),
            "version": version,
        }
        Standing.objects.create(
            person=person,
            module=module,
            started_at=NOW - timedelta(days=99),
            **({} if is_started else dates),
        )

    def _live(self) -> int:
        return int(BriefPage.objects.get(pk=self.brief.pk).version)

    def _change(self) -> None:
        """What went live so far: each of another kind, and with a grace of its own."""
        moments = sorted(self.chance.sample(range(-40, 0), self.chance.randint(0, 2)))
        for days in moments:
            at = NOW + timedelta(days=days)
            now = self.brief.facts.model.objects.get(brief=self.brief.pk, key="days").statement
            words = self.chance.choice([word for word in WORDS if word != now])
            kind = self.chance.choice(("material", "wording"))
            grace = self.chance.randint(0, 21)
            changed(self.brief, {"days": words}, at=at, kind=kind, grace_days=grace)

    def _schedule(self) -> None:
        if self.perhaps(0.65):
            kind = self.chance.choice(("material", "material", "wording"))
            now = self.brief.facts.model.objects.get(brief=self.brief.pk, key="days").statement
            others = [word for word in WORDS if word != now]
            # What only words it anew doesn't take back what meant something else.
            words = "Within three days." if kind == "wording" else self.chance.choice(others)
            self._scheduled(self.brief, {"days": words}, kind)
        if self.perhaps(0.4):
            kind = self.chance.choice(("material", "wording"))
            self._scheduled(self.other, {"price": "Twelve pounds."}, kind)

    def _scheduled(self, brief: BriefPage, words: dict[str, str | None], kind: str) -> None:
        draft = redrafted(brief, words)
        plan = planned(draft, kind, at=NOW, grace_days=self.chance.randint(0, 14))
        decided(plan, draft, "keep", at=NOW)
        approve_change(plan=plan, by=PersonFactory(), at=NOW)
        draft.go_live_at = NOW + timedelta(days=self.chance.randint(1, 30))
        draft.save_revision().publish()
        if kind == "material" and self.perhaps(0.15):
            ChangePlan.objects.filter(pk=plan.pk).update(approved_by=None)

    def _give(self) -> None:
        for person in self.some(self.people, 4):
            first = self.day(-20, 30)
            Exemption.objects.create(
                person=person,
                module=self.modules[0],
                reason="-",
                starts_on=first,
                ends_on=first + timedelta(days=self.chance.randint(0, 30)),
                known_from=after(-20),
                withdrawn_on=after(-1) if self.perhaps(0.2) else None,
            )
        for person in self.some(self.people, 3):
            Assignment.objects.create(
                person=person,
                module=self.chance.choice(self.modules),
                reason="-",
                due_on=self.day(-10, 30),
                starts_on=self.day(-30, 10),
            )
        for person in self.some(self.people, 3):
            Extension.objects.create(
                person=person,
                module=self.modules[0],
                reason="-",
                until=self.day(0, 40),
                known_from=self.day(-20, 0),
                withdrawn_on=after(-1) if self.perhaps(0.2) else None,
            )

    def head_of_all(self) -> User:
        """Who sees every figure and every page."""
        person: User = PersonFactory(administrator=True)
        Headship.objects.create(
            person=person, department=self.departments[0], starts_on=after(-300)
        )
        return person
