"""The rule of mails: what is told on which day, and what never is."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from departments.readiness import Period
from portal.mailing import (
    A_DAY,
    About,
    Asked,
    MailRules,
    Obligation,
    Reader,
    Reason,
    Turn,
    digest_for,
    next_mails,
    nudged,
    obligations_of,
    time_asked,
    week_of_a_head,
)

MONDAY = date(2026, 11, 23)
RULES = MailRules(since=MONDAY)
AT_NINE = time(9)


def reader(*asked: Asked, **given_: object) -> Reader:
    obligations = tuple(one for each in asked for one in obligations_of(each))
    return replace(Reader(obligations), **given_)  # type: ignore[arg-type]  # fields by name


def days_told(person: Reader, days: int = 60, rules: MailRules = RULES) -> dict[date, set[Reason]]:
    """What a person is told on each day, when every day's mail is sent."""
    told: dict[date, set[Reason]] = {}
    for day in (MONDAY + n * A_DAY for n in range(days)):
        if not rules.writes_on(day):
            continue
        digest = digest_for(person, day, rules)
        if digest:
            told[day] = set(digest.reasons)
            known = person.told | frozenset(digest.reasons)
            person = replace(person, told=known, mailed_on=day)
    return told


def turns_told(person: Reader) -> list[tuple[date, str]]:
    seen: set[Reason] = set()
    found = []
    for day, reasons in days_told(person).items():
        found += [(day, turn) for _key, turn in sorted(reasons - seen)]
        seen |= reasons
    return found


def test_a_due_day_is_told_when_it_is_asked_a_week_before_and_on_the_day() -> None:
    asked = Asked(1, asked_on=MONDAY, due_on=date(2026, 12, 17))
    assert turns_told(reader(asked)) == [
        (MONDAY, "begins"),
        (date(2026, 12, 10), "near"),
        (date(2026, 12, 17), "last-day"),
    ]


def test_a_due_day_on_a_sunday_is_told_on_the_friday_before() -> None:
    asked = Asked(1, due_on=date(2026, 12, 13))
    assert (date(2026, 12, 11), "last-day") in turns_told(reader(asked))


def test_practice_and_the_end_of_a_date_are_told_in_their_order() -> None:
    proved = Asked(1, ready_until=date(2026, 12, 16), practice_from=date(2026, 12, 3))
    assert turns_told(reader(proved)) == [
        (date(2026, 12, 3), "begins"),
        (date(2026, 12, 14), "near"),
        (date(2026, 12, 17), "begins"),
        (date(2026, 12, 31), "after"),
    ]


def test_a_change_is_told_before_its_grace_ends_and_after() -> None:
    changed = Asked(
        1,
        ready_until=date(2026, 12, 2),
        own_until=date(2027, 3, 1),
        unchecked=7,
        changed_on=date(2026, 11, 25),
    )
    assert turns_told(reader(changed)) == [
        (date(2026, 11, 25), "begins"),
        (date(2026, 11, 30), "near"),
        (date(2026, 12, 3), "after"),
    ]


def test_what_had_its_own_mail_at_once_is_not_told_again_the_same_day() -> None:
    changed = Asked(
        1, ready_until=MONDAY, own_until=date(2027, 3, 1), unchecked=7, changed_on=MONDAY
    )
    urgent = replace(changed, is_told_at_once=True)
    assert digest_for(reader(changed), MONDAY, RULES)
    assert digest_for(reader(urgent), MONDAY, RULES) is None
    assert digest_for(reader(urgent), MONDAY + A_DAY, RULES)


def test_steps_before_mails_were_switched_on_are_taken_as_told() -> None:
    lapsed = Asked(1, ready_until=MONDAY - 20 * A_DAY)
    long_asked = Asked(2, asked_on=date(2025, 1, 1), due_on=date(2025, 6, 1))
    assert days_told(reader(lapsed, long_asked)) == {}


def test_one_mail_names_all_that_is_open_the_new_first() -> None:
    lapsed = Asked(1, ready_until=MONDAY - 20 * A_DAY)
    fresh = Asked(2, asked_on=MONDAY)
    digest = digest_for(reader(lapsed, fresh), MONDAY, RULES)
    assert digest
    assert [one.key for one in digest.news] == [2]
    assert [one.key for one in digest.rest] == [1]


def test_a_mornings_mail_that_leave_held_back_comes_on_the_first_day_at_work() -> None:
    asked = Asked(1, due_on=date(2026, 12, 3))
    leave = (Period(date(2026, 11, 25), date(2026, 12, 1)),)
    assert list(days_told(reader(asked, leave=leave))) == [date(2026, 12, 2), date(2026, 12, 3)]


def test_a_refused_address_is_left_alone_for_a_week() -> None:
    person = reader(Asked(1, asked_on=MONDAY), refused_on=MONDAY)
    assert list(days_told(person)) == [MONDAY + 7 * A_DAY]


def test_heads_get_their_week_once_on_its_day_or_the_next_one_at_work() -> None:
    rules = replace(RULES, heads_on=2)
    week = Reader((week_of_a_head(MONDAY, rules),))
    away = replace(week, leave=(Period(MONDAY, MONDAY + 2 * A_DAY),))
    assert list(days_told(week, rules=rules)) == [MONDAY + 2 * A_DAY]
    assert list(days_told(away, rules=rules)) == [MONDAY + 3 * A_DAY]


def test_a_week_whose_day_lay_before_mails_were_switched_on_is_not_made_up_for() -> None:
    rules = replace(RULES, since=MONDAY + 3 * A_DAY, heads_on=0)
    week = Reader((week_of_a_head(MONDAY + 3 * A_DAY, rules),))
    assert digest_for(week, MONDAY + 3 * A_DAY, rules) is None


def test_nobody_writes_before_or_after_the_hours_or_on_a_weekend() -> None:
    saturday = datetime.combine(MONDAY + 5 * A_DAY, AT_NINE)
    assert RULES.writes_at(datetime.combine(MONDAY, time(8)))
    assert not RULES.writes_at(datetime.combine(MONDAY, time(7, 59)))
    assert not RULES.writes_at(datetime.combine(MONDAY, time(17)))
    assert not RULES.writes_at(saturday)
    assert replace(RULES, on_weekends=True).writes_at(saturday)
    assert RULES.next_opening(saturday) == datetime.combine(MONDAY + 7 * A_DAY, time(8))


days = st.integers(-40, 60).map(lambda n: MONDAY + n * A_DAY)
maybe_days = st.none() | days
asked_things = st.builds(
    Asked,
    key=st.integers(1, 4),
    asked_on=maybe_days,
    due_on=maybe_days,
    ready_until=maybe_days,
    own_until=maybe_days,
    changed_on=maybe_days,
    unchecked=st.none() | st.integers(1, 3),
)
leaves = st.tuples(days, st.integers(0, 20)).map(
    lambda both: (Period(both[0], both[0] + both[1] * A_DAY),)
)
readers = st.builds(
    lambda asked, leave, notes: replace(
        Reader(tuple({one: None for each in asked for one in obligations_of(each)}) + notes),
        leave=leave,
    ),
    st.lists(asked_things, max_size=4, unique_by=lambda asked: asked.key),
    leaves | st.just(()),
    st.lists(st.builds(nudged, st.just(9), days), max_size=1).map(tuple)
    | st.lists(st.builds(time_asked, st.just(8), days, days), max_size=1).map(tuple),
)
moments = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 23)).map(
        lambda both: datetime.combine(MONDAY + both[0] * A_DAY, time(both[1]))
    ),
    max_size=60,
)


@given(readers, moments)
def test_whatever_the_runs_nobody_gets_two_a_day_or_one_at_night_or_on_leave_or_a_step_twice(
    person: Reader, runs: list[datetime]
) -> None:
    mailed: set[date] = set()
    told: set[Reason] = set()
    for moment in sorted(runs):
        digest = digest_for(person, moment.date(), RULES) if RULES.writes_at(moment) else None
        if digest is None:
            continue
        news = {
            one.reason(step)
            for one in digest.news
            for step in one.reached(moment.date())
            if step.on >= RULES.since
        }
        assert moment.date() not in mailed
        assert not person.is_away(moment.date())
        assert moment.weekday() < 5
        assert 8 <= moment.hour < 17
        assert news - told
        assert all(one.holds_on(moment.date()) for one in digest.all)
        mailed.add(moment.date())
        told |= set(digest.reasons)
        person = replace(person, told=frozenset(told), mailed_on=moment.date())


@given(readers)
def test_what_is_foretold_for_the_next_mail_is_what_the_next_mail_does(person: Reader) -> None:
    coming = next_mails(person, datetime.combine(MONDAY, AT_NINE), RULES)
    first = min(days_told(person, days=120), default=None)
    assert min((mail.on for mail in coming), default=None) == first
    digest = digest_for(person, first, RULES) if first else None
    news = set(digest.news) if digest else set[Obligation]()
    assert {mail.obligation for mail in coming if mail.on == first} == news


def test_the_next_mail_is_tomorrow_once_todays_has_gone_out() -> None:
    person = reader(Asked(1, asked_on=MONDAY), mailed_on=MONDAY)
    (mail,) = next_mails(person, datetime.combine(MONDAY, AT_NINE), RULES)
    assert (mail.on, mail.turn) == (MONDAY + A_DAY, Turn.BEGINS)


def test_whoever_switched_mails_off_expects_none() -> None:
    person = reader(Asked(1, asked_on=MONDAY), wants_digest=False)
    assert next_mails(person, datetime.combine(MONDAY, AT_NINE), RULES) == []
    assert digest_for(person, MONDAY, RULES) is None


def test_leave_without_an_end_foretells_no_mail() -> None:
    person = reader(Asked(1, due_on=MONDAY + timedelta(30)), leave=(Period(MONDAY, None),))
    assert next_mails(person, datetime.combine(MONDAY, AT_NINE), RULES) == []


def test_a_digest_without_its_only_news_is_no_digest() -> None:
    week = Reader((week_of_a_head(MONDAY, RULES), *obligations_of(Asked(1, asked_on=MONDAY))))
    digest = digest_for(week, MONDAY, RULES)
    alone = digest_for(Reader(week.obligations[:1]), MONDAY, RULES)
    assert digest
    assert alone
    kept = digest.without(About.TEAM)
    assert kept
    assert [one.about for one in kept.news] == [About.LEARN]
    assert alone.without(About.TEAM) is None
