"""Promises and a campaign made by chance, with all that a gate asks about."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from customers.models import Measure, ProcessChange, Reading
from departments.models import Department, Flag, Link, SignOff
from knowledge.models import Claim, PromisePage, PromiseVersion
from strategy.models import Campaign, Override
from tests.conftest import NOW
from tests.departments.worlds import Workplace, after
from tests.factories import (
    TODAY,
    CampaignFactory,
    MeasureFactory,
    PersonFactory,
    ProcessChangeFactory,
    PromiseFactory,
)

CHECKS = ("know", "signed", "deliver", "flags")
MONTHS = tuple(date(2026, month, 1) for month in range(4, 12))


class World(Workplace):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.promises = [self._promise(number) for number in range(self.chance.randint(1, 3))]
        self._schedule()
        self.campaign = self._campaign()
        self._overrides()

    def _promise(self, number: int) -> PromisePage:
        chain = [] if self.perhaps(0.05) else self.some(self.departments, 4)
        links = [
            Link(
                department=each,
                part="-",
                sort_order=place,
                share=self.chance.choice((50, 67, 80, 100)),
                at_least=self.chance.choice((None, None, 2, 5)),
            )
            for place, each in enumerate(chain)
        ]
        claims = [self._claim() for _ in range(self.chance.choice((1, 1, 2, 3)))]
        promise: PromisePage = PromiseFactory(title=f"Promise {number}", links=links, claims=claims)
        if self.perhaps(0.9):
            self.brief.promises.add(promise)
            self.brief.save()
        for claim in Claim.objects.filter(promise=promise):
            if self.perhaps(0.9):
                self._measure(claim)
        self._said(promise, chain)
        if self.perhaps(0.3):
            for _ in range(self.chance.randint(1, 3)):
                answered = NOW if self.perhaps(0.4) else None
                Flag.objects.create(
                    promise=promise, text="-", raised_at=NOW, due_on=after(2), answered_at=answered
                )
        return promise

    def _claim(self) -> Claim:
        is_share = self.perhaps(0.7)
        return Claim(
            comparator=self.chance.choice(("at-least", "at-most")),
            target=Decimal(self.chance.choice((5, 50, 80, 92, 95))) if is_share else Decimal("6.0"),
            unit="%" if is_share else "minutes",
            statistic="share" if is_share else "mean",
            measure="what customers get",
        )

    def _measure(self, claim: Claim) -> None:
        measure: Measure = MeasureFactory(claim=claim, statistic=claim.statistic, unit=claim.unit)
        level = self.chance.choice((float(claim.target), self.chance.uniform(1, 99)))
        later = self.chance.choice((level, self.chance.uniform(1, 99)))
        for place, month in enumerate(MONTHS[self.chance.randint(0, 4) :]):
            for source in ("Log", "Survey")[: self.chance.choice((0, 1, 1, 1, 2))]:
                self._reading(measure, month, source, level if place < 3 else later)
        for _ in range(self.chance.choice((0, 1, 2))):
            change: ProcessChange = ProcessChangeFactory(
                happens_on=self.day(-200, 20),
                department=self.departments[0],
                dropped_at=NOW if self.perhaps(0.1) else None,
            )
            change.measures.add(measure) if self.perhaps(0.5) else change.promises.add(
                claim.promise
            )

    def _reading(self, measure: Measure, month: date, source: str, level: float) -> None:
        last = min((month + timedelta(days=31)).replace(day=1) - timedelta(days=1), TODAY)
        if self.perhaps(0.15):
            last = month + timedelta(days=self.chance.randint(0, 15))
        row: dict[str, Any] = {"measure": measure, "source": source, "starts_on": month}
        row |= {"ends_on": min(last, TODAY), "entered_at": NOW}
        n = self.chance.choice((0, 9, 14, 40, 300, 5000))
        k = min(n, max(0, round(n * level / 100 + self.chance.uniform(-2, 2))))
        said: dict[str, Any] = {"n": n, "k": k}
        if measure.statistic == "mean":
            mean = Decimal(str(round(self.chance.uniform(4.5, 8), 2)))
            spread = Decimal(str(round(self.chance.uniform(0, 4), 2)))
            said = {"n": n, "mean": mean, "deviation": None if self.perhaps(0.1) else spread}
        if self.perhaps(0.05):
            said = {"value": Decimal(7)}
        if self.perhaps(0.15):
            wrong = {"n": 1000, "k": 1000, "mean": 1, "deviation": 1}
            Reading.objects.create(**row, **wrong, replaced_at=NOW)
        Reading.objects.create(**row, **said)

    def _said(self, promise: PromisePage, chain: Sequence[Department]) -> None:
        numbers = range(1, self.chance.choice((1, 1, 2)) + 1)
        for number in numbers:
            if number > 1:
                PromiseVersion.objects.create(promise=promise, number=number, at=NOW, sentence="-")
        moments = 0
        for department in chain:
            for _ in range(self.chance.choice((0, 1, 1, 2, 3))):
                moments += 1
                self._word(promise, department, NOW - timedelta(days=5) + timedelta(hours=moments))

    def _word(self, promise: PromisePage, department: Department, at: datetime) -> None:
        says = self.chance.choice(("can", "can", "can", "not-yet"))
        newest = PromiseVersion.objects.filter(promise=promise).order_by("-number").first()
        SignOff.objects.create(
            promise=promise,
            department=department,
            brief=self.brief if self.perhaps(0.95) else None,
            version=self.chance.randint(1, self._live() + 1),
            promise_version=1 if self.perhaps(0.2) else newest.number if newest else 1,
            says=says,
            from_on=self.day(-5, 40) if says == "can" and self.perhaps(0.3) else None,
            because="" if says == "can" else "No vans.",
            by=PersonFactory(),
            at=at,
        )

    def _campaign(self) -> Campaign:
        made: Campaign = CampaignFactory(
            brief=self.brief,
            brief_version=self.chance.randint(1, self._live() + 1),
            launches_on=self.day(-3, 45),
            promises=self.some(self.promises, 3) if self.perhaps(0.97) else [],
        )
        return made

    def _overrides(self) -> None:
        for hour in range(self.chance.choice((0, 0, 1, 2))):
            agreed = NOW - timedelta(hours=hour) if self.perhaps(0.8) else None
            day = self.campaign.launches_on
            saw = {
                "promises": [each.pk for each in self.some(self.promises, 3)],
                "brief": [self.brief.pk, self.chance.randint(1, self._live() + 1)],
            }
            Override.objects.create(
                campaign=self.campaign,
                reason="-",
                tells_customers="-",
                review_on=after(60),
                covers=self.some(CHECKS, 4),
                saw=saw if self.perhaps(0.5) else {},
                launches_on=day if self.perhaps(0.8) else day + timedelta(days=1),
                asked_by=PersonFactory(),
                asked_at=NOW,
                second=PersonFactory(),
                agreed_at=agreed,
                refused_at=None if agreed else NOW,
            )
