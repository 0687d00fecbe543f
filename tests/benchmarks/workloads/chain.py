"""W7a and W7b: a promise of four links, and the gate of a campaign that makes it, while the people
along its chain grow.

Unlike a team's page both look at everybody on the chain, so they may grow with people: but never
faster than these. Nobody stands as another does, a version is scheduled, two heads haven't signed
yet, so that the gate looks for the first day on which more is met.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import batched
from typing import Any

from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse
from django.utils import timezone

from departments.actions.rolling import roll_up
from departments.actions.sign_offs import sign_link
from departments.models import Department, Membership, Requirement, RollupMark
from knowledge.actions import approve_change
from portal.models import User
from quizzes.models import Standing
from tests.benchmarks.floors import floor_application
from tests.benchmarks.measuring import Samples, queries_of, side_by_side
from tests.benchmarks.results import Figures, Goal
from tests.benchmarks.rows import (
    AT_ONCE,
    LONG_AGO,
    PEOPLE_A_DEPARTMENT,
    analyse,
    appoint,
    bulk_people,
)
from tests.benchmarks.visitor import Visitor, signed_in
from tests.benchmarks.workloads.team import paper, set_beside_paper
from tests.changing import decided, module_about, planned, published_brief, redrafted
from tests.factories import CampaignFactory, MeasureFactory, PromiseFactory, ReadingFactory

SMALL = 100
LINKS = 4
SIGNED = 2
LAUNCH_IN = timedelta(days=20)
GOALS = (
    Goal("per_person", at_most=1.2),
    Goal("queries_added", at_most=0),
)


class Chain:
    """Four departments keep a promise, each with teams below it; their people must know its brief.

    One in six has never passed; the others' dates lie from three weeks ago to three months ahead.
    """

    def __init__(self) -> None:
        now = timezone.now()
        brief = published_brief(now - timedelta(days=90), limit="Up to £50.", date="On Thursdays.")
        self.brief, self.module = brief, module_about(brief)
        self.root = Department.add_root(name="Chain")
        self.departments: list[Department] = [
            self.root.add_child(name=f"Link {place}") for place in range(LINKS)
        ]
        Requirement.objects.create(department=self.root, module=self.module, known_from=LONG_AGO)
        self.promise = PromiseFactory(departments=self.departments)
        brief.promises.add(self.promise)
        brief.save()
        self.campaign = CampaignFactory(
            title="Money back",
            brief=brief,
            brief_version=2,
            launches_on=timezone.localdate() + LAUNCH_IN,
            promises=[self.promise],
        )
        self.people = 0
        self._sign()
        self._measure()
        self._schedule()

    def grow_to(self, size: int) -> None:
        people = bulk_people(range(self.people, size), prefix="chain")
        for department, members in zip(
            self.departments, batched(people, len(people) // LINKS), strict=False
        ):
            self._staff(department, members)
        Standing.objects.bulk_create(map(self._standing, people), AT_ONCE)
        RollupMark.objects.create(department=self.root)
        roll_up(at=timezone.now())
        analyse()
        cache.clear()
        self.people = size

    def _staff(self, department: Department, members: Sequence[User]) -> None:
        teams = [
            department.add_child(name=f"Team {self.people + place}")
            for place in range(len(members) // PEOPLE_A_DEPARTMENT)
        ] or [department]
        Membership.objects.bulk_create(
            (
                Membership(
                    person=person,
                    department=teams[number % len(teams)],
                    title="Adviser",
                    starts_on=LONG_AGO,
                    known_from=LONG_AGO,
                )
                for number, person in enumerate(members)
            ),
            AT_ONCE,
        )

    def _standing(self, person: User) -> Standing:
        today, now = timezone.localdate(), timezone.now()
        if person.pk % 6 == 0:
            return Standing(person=person, module=self.module, started_at=now)
        until = today + timedelta(days=person.pk % 113 - 21)
        return Standing(
            person=person,
            module=self.module,
            started_at=now,
            passed_on=until - timedelta(days=100),
            ready_until=until,
            practice_from=until - timedelta(days=10),
            version=1,
        )

    def _sign(self) -> None:
        for department in self.departments[:SIGNED]:
            sign_link(
                promise=self.promise,
                department=department,
                brief=self.brief,
                version=1,
                says="can",
                by=appoint(department),
                at=timezone.now(),
            )

    def _measure(self) -> None:
        measure = MeasureFactory(claim=self.promise.claims.get())
        for months in range(3):
            month = (timezone.localdate() - months * timedelta(days=30)).replace(day=1)
            ReadingFactory(measure=measure, starts_on=month, k=950, n=1000)

    def _schedule(self) -> None:
        now = timezone.now()
        draft = redrafted(self.brief, {"limit": "Up to £60."})
        plan = planned(draft, at=now)
        decided(plan, draft, "keep", at=now)
        approve_change(plan=plan, by=bulk_people([0], prefix="approver")[0], at=now)
        draft.go_live_at = now + timedelta(days=10)
        draft.save_revision().publish()


def promise_page(people: int, rounds: int) -> Figures:
    chain = Chain()
    path = reverse("knowledge:promise-detail", args=[chain.promise.slug])
    return measured("W7a", chain, path, people, rounds)


def gate_page(people: int, rounds: int) -> Figures:
    chain = Chain()
    path = reverse("strategy:gate-detail", args=[chain.campaign.slug])
    return measured("W7b", chain, path, people, rounds)


def measured(name: str, chain: Chain, path: str, people: int, rounds: int) -> Figures:
    """At a hundred people, at three tenths of all, and at all of them."""
    sizes = SMALL, people * 3 // 10, people
    samples, queries, first = [], [], Samples()
    subjects: dict[str, Callable[[], Any]] = {}
    for size in sizes:
        chain.grow_to(size)
        subjects = subjects or chain_subjects(chain, path)
        first.time(subjects["ours"])
        samples.append(side_by_side(subjects, rounds // 4, warm_up=1))
        queries.append(queries_of(subjects["ours"]))
    small, middle, large = map(set_beside_paper, samples)
    ours, floor = samples[-1]["ours"].typical, samples[-1]["floor"].typical
    found = {
        "ratio": ours.decisive / floor.decisive,
        "growth": large / small,
        "per_person": large / middle / (people / sizes[1]),
        "queries": queries[-1],
        "queries_added": max(queries) - min(queries),
        "ours_ms": ours.wall,
        "ours_cpu_ms": ours.cpu,
        "first_ms": first.costs[-1].wall,
        "middle_ms": samples[1]["ours"].typical.wall,
        "small_ms": samples[0]["ours"].typical.wall,
        "floor_ms": floor.wall,
        "floor_cpu_ms": floor.cpu,
        "html_bytes": len(subjects["ours"]().body),
        "middle": sizes[1],
        "people": people,
    }
    return Figures(name, line_of(found), found, GOALS)


def chain_subjects(chain: Chain, path: str) -> dict[str, Callable[[], Any]]:
    key = signed_in(appoint(chain.departments[0]))
    ours, floor = Visitor(WSGIHandler(), key), Visitor(floor_application(), key)
    day: date = timezone.localdate() + LAUNCH_IN
    bare = f"/chain/{chain.promise.pk}/{chain.module.pk}/{day.isoformat()}/"
    return {"ours": lambda: ours.get(path), "floor": lambda: floor.get(bare), "paper": paper}


def line_of(found: dict[str, float]) -> str:
    return (
        "{ratio:.1f}x floor, {queries} q, growth {growth:.1f}x from 100 to {people} people "
        "(per person {per_person:.2f}x from {middle} on), {ours_ms:.0f} ms ({ours_cpu_ms:.0f} ms "
        "CPU; {small_ms:.0f} ms for 100 people), the first of the hour {first_ms:.0f} ms, "
        "{kilobytes:.0f} KB"
    ).format(**found, kilobytes=found["html_bytes"] / 1000)
