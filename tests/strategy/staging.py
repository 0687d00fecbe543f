"""A campaign whose gate is open, piece by piece, so that a test can take one away."""

from datetime import date, timedelta
from typing import Any

from customers.models import Measure, Reading
from departments.models import Department, Flag, SignOff
from knowledge.actions import approve_change
from knowledge.models import BriefPage, Claim, ModulePage, PromisePage
from strategy.models import Campaign
from tests.changing import decided, module_about, planned, published_brief, redrafted
from tests.conftest import NOW
from tests.factories import (
    TODAY,
    CampaignFactory,
    DepartmentFactory,
    MembershipFactory,
    PersonFactory,
    PromiseFactory,
    RequirementFactory,
    StandingFactory,
)

LONG_AGO = NOW - timedelta(days=200)
LAUNCH_DAY = TODAY + timedelta(days=17)
FOR_GOOD = 300


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def refund_brief() -> BriefPage:
    return published_brief(LONG_AGO, days="Five working days.", form="No forms.")


class Stage:
    """Care and Finance keep one promise; everybody is ready, both have signed, customers get it."""

    def __init__(self, *, people: int = 2, **campaign: Any) -> None:
        self.brief = refund_brief()
        self.module: ModulePage = module_about(self.brief, questions_per_fact=1)
        self.care: Department = self.department("Care")
        self.finance: Department = self.department("Finance")
        for department in (self.care, self.finance):
            for _person in range(people):
                self.ready(department)
        self.promise = self.promised("Fair Refund")
        self.campaign: Campaign = CampaignFactory(
            **{
                "title": "Money back",
                "brief": self.brief,
                "launches_on": LAUNCH_DAY,
                "promises": [self.promise],
                **campaign,
            }
        )

    def department(self, name: str, *, is_asked: bool = True) -> Department:
        found: Department = DepartmentFactory(name=name)
        if is_asked:
            RequirementFactory(department=found, module=self.module, joiner_days=30)
        return found

    def ready(
        self, department: Department, *, days: int = FOR_GOOD, version: int = 1, **membership: Any
    ) -> int:
        """Somebody who is ready for so many days; returns who."""
        person: int = MembershipFactory(department=department, **membership).person_id
        StandingFactory(
            person_id=person,
            module=self.module,
            passed_on=after(-20),
            ready_until=after(days),
            practice_from=after(days),
            version=version,
        )
        return person

    def promised(
        self, title: str, *departments: Department, measured_on: date = TODAY
    ) -> PromisePage:
        """A promise that its departments have signed, and that customers get."""
        chain = departments or (self.care, self.finance)
        promise: PromisePage = PromiseFactory(title=title, departments=chain)
        for department in chain:
            self.signed(promise, department)
        measured(promise, on=measured_on)
        return promise

    def signed(
        self,
        promise: PromisePage,
        department: Department,
        says: str = "can",
        *,
        version: int = 1,
        **word: Any,
    ) -> SignOff:
        return SignOff.objects.create(
            promise=promise,
            department=department,
            brief=self.brief,
            version=version,
            says=says,
            **{"at": NOW - timedelta(days=3), "by": PersonFactory(), **word},
        )

    def scheduled(self, days: int, words: str = "Three working days.") -> None:
        """The brief's next version, which people have to check, goes out in so many days."""
        draft = redrafted(self.brief, {"days": words})
        plan = planned(draft, at=NOW)
        decided(plan, draft, "keep", at=NOW)
        approve_change(plan=plan, by=PersonFactory(), at=NOW)
        draft.go_live_at = NOW + timedelta(days=days)
        draft.save_revision().publish()


def measured(promise: PromisePage, k: int = 990, n: int = 1000, *, on: date = TODAY) -> None:
    """What customers got of the promise's first claim in the month up to a day."""
    claim = Claim.objects.filter(promise=promise).order_by("sort_order", "pk")[0]
    measure, _created = Measure.objects.get_or_create(
        claim=claim,
        defaults={
            "reference": f"measure-{claim.pk}",
            "name": f"Measure {claim.pk}",
            "source": "Payment log",
            "promise": promise,
        },
    )
    Reading.objects.create(
        measure=measure,
        starts_on=on.replace(day=1),
        ends_on=on,
        source="Payment log",
        k=k,
        n=n,
        entered_at=NOW,
    )


def flagged(promise: PromisePage, text: str = "The van is full") -> Flag:
    return Flag.objects.create(promise=promise, text=text, raised_at=NOW, due_on=after(2))
