"""Every figure of threads, verdicts and gates against one worked out by plain loops over rows.

More than a few organisations made by chance: `pytest --worlds 200 tests/strategy -k opinion`.
"""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from customers.reports.evidence import evidence_of
from departments.actions.rolling import roll_up
from departments.reports import threads
from departments.reports.threads import Thread, thread_of, thread_on, threads_of
from knowledge.models import BriefPage, Claim
from strategy.models import Campaign
from strategy.reports.gates import CampaignGate, Gates, gate_of
from strategy.reports.plans import newest_plan
from tests.conftest import NOW
from tests.customers.second_opinion import opinion
from tests.departments.worlds import after
from tests.factories import TODAY
from tests.strategy.second_opinion import Chain, Knot, Rows
from tests.strategy.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

AHEAD = (0, 1, 6, 13, 20, 29, 31, 45, 70)


def told(thread: Thread) -> Chain:
    return Chain(
        tuple(
            Knot(
                link.department_id,
                link.needed,
                link.required,
                link.ready,
                link.is_signed,
                link.is_met,
            )
            for link in thread.links
        ),
        thread.needed,
        thread.ready,
        thread.is_out,
    )


def answers(gate: CampaignGate) -> dict[str, str]:
    told = {check.name.value: check.status.value for check in gate.checks}
    return {**told, "open": str(gate.is_open)}


@pytest.fixture
def world(seed: int) -> World:
    return World(seed)


def test_verdicts_are_those_of_the_textbook(world: World) -> None:
    for evidence in evidence_of(world.promises, on=TODAY).values():
        for found in evidence.claims:
            claim = Claim.objects.get(pk=found.claim.pk)
            expected = opinion(claim, TODAY)
            judged = found.judgement
            days = {change.reference: str(change.happens_on) for change in found.changes}
            said = (found.since.kind.value, days.get(found.since.reference, ""))
            assert (
                found.verdict.value,
                judged.n,
                judged.is_just_short,
                found.last_on,
                said,
            ) == (expected.verdict, expected.n, expected.just, expected.last_on, expected.since)
            if expected.n:
                figures = (expected.delivered, expected.low, expected.high)
                assert (judged.delivered, judged.low, judged.high) == pytest.approx(
                    figures, abs=1e-6
                )


def test_threads_are_those_of_the_rows(world: World) -> None:
    briefs = {
        each.pk: world.brief if world.brief.promises.filter(pk=each.pk).exists() else None
        for each in world.promises
    }
    rows, today = Rows(TODAY), threads_of(world.promises, on=TODAY)
    for promise in world.promises:
        brief = briefs[promise.pk]
        live = rows.newest(brief.pk, TODAY) if brief else 0
        expected = rows.chain(promise, brief, live, TODAY)
        assert told(today[promise.pk]) == expected
        assert told(thread_of(promise, on=TODAY)) == expected


def test_large_threads_are_told_alike_by_what_was_counted_beforehand(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = {pk: told(thread) for pk, thread in threads_of(world.promises, on=TODAY).items()}
    roll_up(at=NOW, is_all=True)
    monkeypatch.setattr(threads, "MOST_LOOKED_AT", 0)

    assert {pk: told(each) for pk, each in threads_of(world.promises, on=TODAY).items()} == expected


def test_days_ahead_are_those_of_the_rows(world: World) -> None:
    brief, rows = BriefPage.objects.get(pk=world.brief.pk), Rows(TODAY)
    for promise in world.promises:
        for days in AHEAD:
            for version in (1, brief.version, brief.version + 1):
                asked = {"brief": brief, "version": version}
                thread = thread_on(promise, on=TODAY, day=after(days), **asked)
                expected = rows.chain(promise, brief, version, after(days))
                assert (days, version, told(thread)) == (days, version, expected)


def test_gates_are_those_of_the_rows(world: World) -> None:
    campaign = Campaign.objects.get(pk=world.campaign.pk)
    gates, plan = Gates([newest_plan(campaign)], on=TODAY), newest_plan(campaign)
    rows, days = Rows(TODAY), {max(campaign.launches_on, TODAY), *map(after, AHEAD)}
    for day in sorted(days):
        expected = rows.gate(campaign, day)
        assert (day, answers(gates.of(plan, day=day))) == (day, expected)


def all_of(gate: CampaignGate) -> Any:
    checks = [
        (check.name, check.status, check.change, [(one.key, one.waiting) for one in check.promises])
        for check in gate.checks
    ]
    threads = [told(facts.thread) for facts in gate.promises]
    return checks, threads, gate.met


def test_what_was_foretold_comes_if_nobody_does_anything(
    world: World, clock: time_machine.Traveller
) -> None:
    campaign = Campaign.objects.get(pk=world.campaign.pk)
    gates, plan = Gates([newest_plan(campaign)], on=TODAY), newest_plan(campaign)
    foretold = {days: all_of(gates.of(plan, day=after(days))) for days in range(0, 61, 3)}
    for days, before in foretold.items():
        clock.move_to(NOW + timedelta(days=days, minutes=1))
        call_command("publish_scheduled")
        on: date = after(days)
        gate = gate_of(campaign, on=on, day=on)
        assert (days, all_of(gate)) == (days, before)
        assert answers(gate) == Rows(on).gate(campaign, on)
