from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from customers.verdicts import Verdict
from departments.readiness import State
from departments.reports.chain_people import is_current
from strategy.gate import (
    Check,
    ClaimOnDay,
    GateResult,
    Lack,
    LinkOnDay,
    PromiseOnDay,
    Status,
    judge,
)

TODAY = date(2026, 11, 20)
FINANCE = LinkOnDay("Finance", required=5, ready=6, is_signed=True)
CARE = LinkOnDay("Care", required=10, ready=10, is_signed=True)
KEPT = ClaimOnDay(Verdict.KEPT, measured_on=TODAY)
SOUND = PromiseOnDay(key=1, links=(CARE, FINANCE), claims=(KEPT,), open_flags=0, seen_on=TODAY)
GRACE_OR_OVER = {State.PREVIOUS_VERSION, State.LAPSED}
BETTER_FIRST = [Status.MET, Status.CANT_SAY, Status.NOT_MET]

verdicts = st.sampled_from(list(Verdict))
links = st.builds(
    LinkOnDay,
    department=st.sampled_from(["Care", "Finance", "Sales"]),
    required=st.none() | st.integers(1, 5),
    ready=st.integers(0, 6),
    is_signed=st.booleans(),
)
claims = st.builds(ClaimOnDay, verdict=verdicts, is_stale=st.booleans())
promises = st.builds(
    PromiseOnDay,
    key=st.integers(1, 9),
    links=st.lists(links, max_size=3).map(tuple),
    claims=st.lists(claims, max_size=2).map(tuple),
    open_flags=st.integers(0, 2),
    is_out=st.booleans(),
)
campaigns = st.lists(promises, max_size=3)
agreements = st.frozensets(st.sampled_from(list(Check)))


def status(promise: PromiseOnDay, check: Check) -> Status:
    return judge([promise]).check(check).status


def no_worse(after: GateResult, before: GateResult) -> bool:
    return all(
        BETTER_FIRST.index(now.status) <= BETTER_FIRST.index(then.status)
        for now, then in zip(after.checks, before.checks, strict=True)
    )


def test_a_campaign_that_lacks_nothing_goes_out() -> None:
    result = judge([SOUND])

    assert (result.met, result.is_open, result.is_overridden) == (4, True, False)
    assert result.slowest is None


def test_of_a_campaign_without_promises_nothing_can_be_said() -> None:
    result = judge([])

    assert [check.status for check in result.checks] == [Status.CANT_SAY] * 4
    assert {check.change for check in result.checks} == {Lack.PROMISES}
    assert not result.is_open


@pytest.mark.parametrize(
    ("promise", "check", "lacks", "expected"),
    [
        (replace(SOUND, links=()), Check.KNOW, Lack.LINKS, Status.CANT_SAY),
        (replace(SOUND, is_out=False), Check.KNOW, Lack.VERSION, Status.NOT_MET),
        (
            replace(SOUND, links=(CARE, replace(FINANCE, ready=4))),
            Check.KNOW,
            Lack.PEOPLE,
            Status.NOT_MET,
        ),
        (
            replace(SOUND, links=(CARE, replace(FINANCE, required=None, ready=0))),
            Check.KNOW,
            Lack.REQUIREMENT,
            Status.CANT_SAY,
        ),
        (replace(SOUND, links=()), Check.SIGNED, Lack.LINKS, Status.CANT_SAY),
        (
            replace(SOUND, links=(CARE, replace(FINANCE, is_signed=False))),
            Check.SIGNED,
            Lack.WORD,
            Status.NOT_MET,
        ),
        (replace(SOUND, claims=()), Check.DELIVER, Lack.MEASURE, Status.CANT_SAY),
        (replace(SOUND, open_flags=1), Check.FLAGS, Lack.ANSWERS, Status.NOT_MET),
    ],
)
def test_one_thing_that_is_lacking_turns_its_check_and_no_other(
    promise: PromiseOnDay, check: Check, lacks: Lack, expected: Status
) -> None:
    result = judge([promise])

    assert (result.check(check).status, result.check(check).change) == (expected, lacks)
    assert not result.is_open
    others = {
        one.name for one in result.checks if one.name is not check and one.change is not lacks
    }
    assert all(result.check(other).is_met for other in others)


@pytest.mark.parametrize(
    ("verdict", "is_stale", "lacks"),
    [
        (Verdict.KEPT, False, None),
        (Verdict.TOO_CLOSE, False, None),
        (Verdict.FALLING_SHORT, False, Lack.RESULTS),
        (Verdict.TOO_FEW, False, Lack.CUSTOMERS),
        (Verdict.UNPROVEN, False, Lack.MEASURE),
        (Verdict.KEPT, True, Lack.READING),
        (Verdict.FALLING_SHORT, True, Lack.READING),
        (Verdict.TOO_FEW, True, Lack.CUSTOMERS),
        (Verdict.UNPROVEN, True, Lack.MEASURE),
    ],
)
def test_a_verdict_that_is_known_and_fresh_decides_what_is_delivered(
    verdict: Verdict, is_stale: bool, lacks: Lack | None
) -> None:
    promise = replace(SOUND, claims=(ClaimOnDay(verdict, is_stale),))

    assert judge([promise]).check(Check.DELIVER).change is lacks


def test_of_several_claims_the_worst_one_counts() -> None:
    late = date(2026, 10, 31)
    claims = (
        KEPT,
        ClaimOnDay(Verdict.FALLING_SHORT, measured_on=late),
        ClaimOnDay(Verdict.TOO_FEW),
    )

    check = judge([replace(SOUND, claims=claims)]).check(Check.DELIVER)

    assert (check.status, check.change, check.as_at) == (Status.NOT_MET, Lack.RESULTS, late)


def test_who_is_waited_for_is_named() -> None:
    short = replace(FINANCE, ready=4, is_signed=False)

    result = judge([replace(SOUND, links=(CARE, short))])

    waiting = [one.worst.waiting for one in result.checks if one.worst]
    assert waiting == [("Finance",), ("Finance",), (), ()]


def test_what_takes_longest_would_change_most() -> None:
    open_flag = replace(SOUND, open_flags=1)
    late = replace(open_flag, is_out=False)
    untrue = replace(late, claims=(ClaimOnDay(Verdict.FALLING_SHORT),))

    slowest = [judge([promise]).slowest for promise in (open_flag, late, untrue)]

    assert [one.name for one in slowest if one] == [Check.FLAGS, Check.KNOW, Check.DELIVER]


@given(campaigns, promises, agreements)
def test_a_check_is_as_good_as_its_worst_promise(
    campaign: Sequence[PromiseOnDay], another: PromiseOnDay, covered: frozenset[Check]
) -> None:
    together = judge([*campaign, another], covered=covered)

    for check in Check:
        alone = [status(promise, check) for promise in (*campaign, another)]
        assert together.check(check).status == max(alone, key=BETTER_FIRST.index)


@given(campaigns, agreements)
def test_the_gate_is_open_when_all_is_met_or_agreed_to_be_done_without(
    campaign: Sequence[PromiseOnDay], covered: frozenset[Check]
) -> None:
    result = judge(campaign, covered=covered)

    assert result.is_open == (set(result.unmet) <= covered)
    assert result.is_overridden == (result.is_open and result.met < len(Check))
    assert set(result.holds) == set(result.unmet) - covered


@given(campaigns, agreements)
def test_an_override_changes_no_check_and_no_figure(
    campaign: Sequence[PromiseOnDay], covered: frozenset[Check]
) -> None:
    plain, agreed = judge(campaign), judge(campaign, covered=covered)

    assert [one.status for one in plain.checks] == [one.status for one in agreed.checks]
    assert plain.met == agreed.met


@given(campaigns)
def test_whatever_fails_after_an_override_still_holds_the_campaign(
    campaign: Sequence[PromiseOnDay],
) -> None:
    before = judge(campaign)
    assume(campaign and before.check(Check.FLAGS).is_met)
    flagged = [replace(campaign[0], open_flags=1), *campaign[1:]]

    after = judge(flagged, covered=before.unmet)

    assert judge(campaign, covered=before.unmet).is_open
    assert after.holds == (Check.FLAGS,)


@given(st.lists(promises, min_size=1, max_size=3), st.data())
def test_more_people_who_are_ready_never_make_a_check_worse(
    campaign: list[PromiseOnDay], data: st.DataObject
) -> None:
    more = [
        replace(
            promise,
            links=tuple(
                replace(link, ready=link.ready + data.draw(st.integers(0, 4)))
                for link in promise.links
            ),
        )
        for promise in campaign
    ]

    assert no_worse(judge(more), judge(campaign))


@given(st.lists(promises, min_size=1, max_size=3))
def test_signatures_answers_and_a_version_that_is_out_never_make_a_check_worse(
    campaign: list[PromiseOnDay],
) -> None:
    better = [
        replace(
            promise,
            is_out=True,
            open_flags=0,
            links=tuple(replace(link, is_signed=True) for link in promise.links),
        )
        for promise in campaign
    ]

    assert no_worse(judge(better), judge(campaign))


@given(st.lists(promises, min_size=1, max_size=3), st.randoms())
def test_the_order_of_promises_and_links_decides_nothing(
    campaign: list[PromiseOnDay], random: object
) -> None:
    backwards = [replace(one, links=one.links[::-1], claims=one.claims[::-1]) for one in campaign]

    assert [one.status for one in judge(backwards[::-1]).checks] == [
        one.status for one in judge(campaign).checks
    ]


@given(st.lists(st.sampled_from(list(State)), min_size=1, max_size=8), st.data())
def test_a_grace_makes_no_difference_to_anything(people: list[State], data: st.DataObject) -> None:
    alike = st.sampled_from([State.PREVIOUS_VERSION, State.LAPSED])
    moved = [data.draw(alike) if state in GRACE_OR_OVER else state for state in people]
    required = data.draw(st.integers(1, len(people)))

    def result(states: list[State]) -> GateResult:
        link = replace(CARE, required=required, ready=sum(map(is_current, states)))
        return judge([replace(SOUND, links=(link,))])

    assert result(moved) == result(people)


@given(links)
def test_a_link_is_met_by_as_many_as_it_needs_and_not_by_one_less(link: LinkOnDay) -> None:
    assume(link.required is not None)
    enough = replace(link, ready=link.required or 0)
    one_less = replace(link, ready=enough.ready - 1)

    known = [status(replace(SOUND, links=(each,)), Check.KNOW) for each in (enough, one_less)]

    assert known == [Status.MET, Status.NOT_MET]
