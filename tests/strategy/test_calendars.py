"""The launch calendar's days: on one line of time, and as months of weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy.calendars import (
    MONTHS_AHEAD,
    MONTHS_BACK,
    Entry,
    Kind,
    Month,
    Stage,
    between,
    by_day,
    cliffs,
    month_asked,
    months_beside,
    one_line,
    stage_of,
)

TODAY = date(2026, 11, 20)

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
months = st.builds(Month.of, days)
weekdays = st.integers(min_value=0, max_value=6)
entries = st.lists(
    st.builds(
        Entry,
        key=st.text("abc", min_size=1, max_size=2),
        on=st.dates(min_value=date(2026, 11, 1), max_value=date(2026, 11, 9)),
        kind=st.sampled_from(Kind),
        title=st.text("xy", max_size=2),
    )
)


@given(months, weekdays)
def test_a_month_shows_each_of_its_days_once_and_in_order(month: Month, first_weekday: int) -> None:
    shown = [day for week in month.weeks(first_weekday) for day in week if day]
    assert shown == list(month.days)
    assert {Month.of(day) for day in shown} == {month}


@given(months, weekdays)
def test_each_day_stands_under_its_own_weekday(month: Month, first_weekday: int) -> None:
    for week in month.weeks(first_weekday):
        assert len(week) == 7
        for place, day in enumerate(week):
            assert day is None or day.weekday() == (first_weekday + place) % 7


@given(months, weekdays)
def test_no_week_is_empty(month: Month, first_weekday: int) -> None:
    assert all(any(week) for week in month.weeks(first_weekday))


def test_november_begins_on_a_sunday_where_weeks_begin_on_monday() -> None:
    first_week, second_week, *_rest = Month(2026, 11).weeks(0)
    assert first_week == (*[None] * 6, date(2026, 11, 1))
    assert second_week[0] == date(2026, 11, 2)


@given(months, st.integers(min_value=-40, max_value=40))
def test_leafing_there_and_back_leads_to_the_same_month(month: Month, number: int) -> None:
    assert month.moved(number).moved(-number) == month


@given(months)
def test_months_follow_each_other_without_a_gap(month: Month) -> None:
    assert month.last + timedelta(days=1) == month.moved(1).first


def test_december_is_followed_by_january() -> None:
    assert Month(2026, 12).moved(1) == Month(2027, 1)
    assert Month(2027, 1).moved(-1) == Month(2026, 12)


@given(entries)
def test_a_line_has_every_key_once_and_days_in_order(told: list[Entry]) -> None:
    line = one_line(told)
    assert sorted(entry.key for entry in line) == sorted({entry.key for entry in told})
    assert [entry.on for entry in line] == sorted(entry.on for entry in line)


@given(entries, st.randoms(use_true_random=False))
def test_a_line_is_the_same_in_whichever_order_its_sources_tell_it(
    told: list[Entry], chance: object
) -> None:
    once = one_line(told)
    mixed = list(once)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis names no type for it
    assert one_line(mixed) == once


@given(entries)
def test_days_hold_what_the_line_holds(told: list[Entry]) -> None:
    line = one_line(told)
    found = by_day(line)
    assert [entry for held in found.values() for entry in held] == list(line)
    assert all(entry.on == day for day, held in found.items() for entry in held)
    assert list(found) == sorted(found)


def test_of_one_day_a_launch_stands_before_the_pulse() -> None:
    pulse = Entry("a", TODAY, Kind.PULSE_RESULTS, "A")
    launch = Entry("b", TODAY, Kind.LAUNCH, "B")
    assert one_line([pulse, launch]) == (launch, pulse)


def test_both_ends_of_a_time_belong_to_it() -> None:
    line = [Entry(str(day), date(2026, 11, day), Kind.CHANGE, "") for day in (1, 2, 3, 4)]
    assert [entry.key for entry in between(line, date(2026, 11, 2), date(2026, 11, 3))] == [
        "2",
        "3",
    ]


@pytest.mark.parametrize(
    "asked", ["", "2026-13", "2026-00", "26-11", "9999-12", "0000-01", "yesterday", "2029-01"]
)
def test_what_names_no_month_within_reach_is_this_month(asked: str) -> None:
    assert month_asked(asked, on=TODAY) == Month(2026, 11)


def test_a_month_within_reach_is_shown() -> None:
    assert month_asked("2027-01", on=TODAY) == Month(2027, 1)


def test_one_leafs_no_further_than_the_calendar_reaches() -> None:
    first, last = Month.of(TODAY).moved(-MONTHS_BACK), Month.of(TODAY).moved(MONTHS_AHEAD)
    assert months_beside(first, on=TODAY) == (None, first.moved(1))
    assert months_beside(last, on=TODAY) == (last.moved(-1), None)
    assert month_asked(last.moved(1).name, on=TODAY) == Month.of(TODAY)


@pytest.mark.parametrize(
    ("is_out", "is_scheduled", "was_held", "stage"),
    [
        (True, True, True, Stage.LAUNCHED),
        (False, True, True, Stage.SCHEDULED),
        (False, False, True, Stage.HELD),
        (False, False, False, Stage.PLANNED),
    ],
)
def test_a_campaign_is_as_far_as_what_happened_last(
    is_out: bool, is_scheduled: bool, was_held: bool, stage: Stage
) -> None:
    found = stage_of(is_out=is_out, is_scheduled=is_scheduled, was_held=was_held)
    assert found is stage


@given(st.dictionaries(st.integers(), st.dictionaries(days, st.integers(1, 40), max_size=30)))
def test_a_cliff_is_five_people_at_least_and_a_tenth_of_all(
    counts: dict[int, dict[date, int]],
) -> None:
    told = cliffs(counts)
    for key, ends in counts.items():
        many = {day for day, people in ends.items() if people >= max(5, sum(ends.values()) / 10)}
        assert {day for module, day in told if module == key} == many
        assert len(many) <= 10


def test_of_four_people_nothing_is_told() -> None:
    assert cliffs({"module": {TODAY: 4}}) == {}
