"""W5: a material change goes live to a brief that everybody has proved; all dates are cut at once.

Both sides are committed: only then does the database look at what the rows refer to.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from knowledge.actions import approve_change
from knowledge.models import BriefPage, ModulePage
from portal.models import User
from quizzes.models import ModuleChange, Standing
from tests.benchmarks.measuring import Samples, counted
from tests.benchmarks.results import Figures, Goal
from tests.benchmarks.rows import AT_ONCE, analyse, bulk_people
from tests.changing import decided, module_about, planned, published_brief, redrafted

TIMES = 5
GRACE = timedelta(days=7)
HUNDRED_THOUSAND = 100_000
GOALS = (
    Goal("seconds_a_hundred_thousand", at_most=1),
    Goal("ratio", at_most=2),
    Goal("wrong_dates", at_most=0),
)
FLOOR_SQL = """
UPDATE quizzes_standing SET
    own_ready_until = COALESCE(own_ready_until, ready_until),
    own_practice_from = COALESCE(own_practice_from, practice_from),
    unchecked_id = COALESCE(unchecked_id, %s),
    ready_until = {least}(ready_until, %s),
    practice_from = {least}(practice_from, %s)
WHERE module_id = %s AND passed_on IS NOT NULL
"""
AGAIN_SQL = """
UPDATE quizzes_standing SET
    ready_until = COALESCE(own_ready_until, ready_until),
    practice_from = COALESCE(own_practice_from, practice_from),
    own_ready_until = NULL, own_practice_from = NULL, unchecked_id = NULL
WHERE module_id = %s
"""


def material_change(people: int, _rounds: int) -> Figures:
    now = timezone.now()
    brief = published_brief(now - timedelta(days=90), limit="Up to £50.", date="On Thursdays.")
    module = module_about(brief)
    prove(module, bulk_people(range(people), prefix="prover"), now)
    go_live(brief, 0, now, Samples())
    floor, ours, queries, wrong = Samples(), Samples(), 0, 0
    for number in range(1, TIMES + 1):
        as_before(module)
        floor.time(lambda: by_hand(module))
        as_before(module)
        queries = go_live(brief, number, now, ours)
        wrong += dates_beyond_the_grace(module)
    return figures_of(people, ours, floor, queries, wrong)


def figures_of(people: int, ours: Samples, floor: Samples, queries: int, wrong: int) -> Figures:
    spent = ours.typical
    measured = {
        "ratio": spent.decisive / floor.typical.decisive,
        "seconds_a_hundred_thousand": spent.wall / 1000 * HUNDRED_THOUSAND / people,
        "wrong_dates": wrong,
        "queries": queries,
        "ours_ms": spent.wall,
        "floor_ms": floor.typical.wall,
        "people": people,
    }
    return Figures("W5", line_of(measured), measured, GOALS)


def prove(module: ModulePage, people: Iterable[User], now: datetime) -> None:
    passed_on, until = now.date() - timedelta(days=30), now.date() + timedelta(days=90)
    standings = (
        Standing(
            person=person,
            module=module,
            started_at=now,
            passed_on=passed_on,
            ready_until=until,
            practice_from=until - timedelta(days=60),
            version=1,
        )
        for person in people
    )
    Standing.objects.bulk_create(standings, batch_size=AT_ONCE)
    analyse()


def go_live(brief: BriefPage, number: int, now: datetime, samples: Samples) -> int:
    """Publishes the next words of a fact, all said and approved before; returns the queries."""
    draft = redrafted(brief, {"limit": f"Up to £{60 + number}."})
    plan = planned(draft, at=now, grace_days=GRACE.days)
    decided(plan, draft, "keep", at=now)
    approver = bulk_people([number], prefix=f"approver{brief.pk}-")[0]
    approve_change(plan=plan, by=approver, at=now)
    with counted() as statements:
        samples.time(draft.latest_revision.publish)
    return statements.queries


def by_hand(module: ModulePage) -> None:
    until: Any = timezone.localdate() + GRACE
    first = ModuleChange.objects.filter(module=module).earliest("pk").pk
    least = "MIN" if connection.vendor == "sqlite" else "LEAST"
    with transaction.atomic(), connection.cursor() as cursor:
        until = until if connection.vendor == "postgresql" else str(until)
        cursor.execute(FLOOR_SQL.format(least=least), [first, until, until, module.pk])


def as_before(module: ModulePage) -> None:
    with connection.cursor() as cursor:
        cursor.execute(AGAIN_SQL, [module.pk])
    tidy()


def tidy() -> None:
    """What the database's own housekeeping would do between two changes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def dates_beyond_the_grace(module: ModulePage) -> int:
    latest = timezone.localdate() + GRACE
    return Standing.objects.filter(module=module, ready_until__gt=latest).count()


def line_of(measured: dict[str, float]) -> str:
    return (
        "{ratio:.1f}x floor to publish to {people} people, {queries} q, {ours_ms:.0f} ms; "
        "a hundred thousand would take {seconds_a_hundred_thousand:.2f} s"
    ).format(**measured)
