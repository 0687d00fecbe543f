from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.memory import (
    Dates,
    Mark,
    MemoryRules,
    Sureness,
    Trace,
    dates_after_not_yet,
    dates_after_pass,
    dates_after_practice,
    is_pass,
    module_score,
    needed_to_pass,
    practice_due_on,
    recall,
    review,
    weakest,
)

TODAY = date(2026, 11, 20)
RULES = MemoryRules()


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def first_answers(right: int, wrong: int, *, on: date = TODAY) -> list[Trace]:
    answers = [True] * right + [False] * wrong
    return [review(None, right=is_right, sureness=Sureness.SURE, on=on) for is_right in answers]


def all_right_again(traces: Sequence[Trace], *, on: date) -> list[Trace]:
    return [review(trace, right=True, sureness=Sureness.SURE, on=on) for trace in traces]


def dates_until(day: date) -> Dates:
    return Dates(ready_until=day, practice_from=day)


def days_at(line: float, traces: Sequence[Trace], *, on: date) -> int:
    """How many days the score stays at or above the line, up to 200; -1 if it is below already."""
    lost = (n for n in range(201) if (module_score(traces, on + timedelta(days=n)) or 0) < line)
    return next(lost, 201) - 1


def kept_by_must_knows(traces: Sequence[Trace]) -> date:
    lasting = [days_at(RULES.keep_line, [trace], on=TODAY) for trace in traces if trace.must_know]
    return after(min([RULES.cap_days, *lasting]))


traces_from_before = st.builds(
    Trace,
    stability=st.floats(0.01, 400),
    difficulty=st.floats(1, 10),
    reviewed_on=st.integers(1, 300).map(lambda days: after(-days)),
    must_know=st.booleans(),
)
surenesses = st.sampled_from(Sureness)
answers = st.tuples(st.booleans(), surenesses)
sessions = st.lists(st.tuples(st.none() | traces_from_before, answers), min_size=1, max_size=5)
others = st.lists(traces_from_before, max_size=6)
earlier_dates = st.integers(-60, 180).map(lambda days: dates_until(after(days)))

type Session = list[tuple[Trace | None, tuple[bool, Sureness]]]


def answered(session: Session) -> list[Trace]:
    return [
        review(trace, right=right, sureness=sureness, on=TODAY)
        for trace, (right, sureness) in session
    ]


def right_in(session: Session) -> int:
    return sum(right for _trace, (right, _sureness) in session)


def practise(session: Session, untouched: list[Trace], earlier: Dates) -> Dates:
    return dates_after_practice(
        answered(session) + untouched,
        on=TODAY,
        rules=RULES,
        earlier=earlier,
        right=right_in(session),
        answered=len(session),
    )


def one_wrong_made_right(session: Session) -> Session:
    where = next(i for i, (_trace, (right, _)) in enumerate(session) if not right)
    improved = (session[where][0], (True, Sureness.SURE))
    return [*session[:where], improved, *session[where + 1 :]]


def has_wrong(session: Session) -> bool:
    return right_in(session) < len(session)


@pytest.mark.parametrize(
    ("stability", "days", "expected"),
    [
        (30, 15, 0.9403),
        (30, 30, 0.9000),
        (30, 90, 0.8094),
        (2.3065, 30, 0.6675),
        (90, 365, 0.7808),
    ],
)
def test_recall_follows_the_fsrs_6_curve(stability: float, days: int, expected: float) -> None:
    trace = Trace(stability, difficulty=5, reviewed_on=TODAY)
    assert recall(trace, after(days)) == pytest.approx(expected, abs=0.00005)


@pytest.mark.parametrize(
    ("line", "expected"),
    [(0.95, 12), (0.90, 30), (0.85, 57), (0.80, 99)],
)
def test_a_stability_of_thirty_days_keeps_each_line_as_long_as_published(
    line: float, expected: int
) -> None:
    assert days_at(line, [Trace(30, difficulty=5, reviewed_on=TODAY)], on=TODAY) == expected


@pytest.mark.parametrize(
    ("right", "wrong", "line", "expected"),
    [
        (10, 0, 0.90, 2),
        (10, 0, 0.80, 7),
        (10, 0, 0.70, 21),
        (9, 1, 0.80, 5),
        (9, 1, 0.70, 17),
        (8, 2, 0.80, 4),
        (8, 2, 0.70, 13),
    ],
)
def test_a_first_pass_keeps_each_line_for_as_many_whole_days_as_simulated(
    right: int, wrong: int, line: float, expected: int
) -> None:
    assert days_at(line, first_answers(right, wrong), on=TODAY) == expected


@pytest.mark.parametrize(
    ("gap", "line", "expected"),
    [
        (3, 0.90, 13),
        (3, 0.80, 45),
        (3, 0.70, 128),
        (7, 0.90, 21),
        (7, 0.80, 70),
        (7, 0.70, 198),
    ],
)
def test_one_practice_after_the_pass_keeps_each_line_much_longer(
    gap: int, line: float, expected: int
) -> None:
    practised = all_right_again(first_answers(10, 0), on=after(gap))
    assert days_at(line, practised, on=after(gap)) == expected


def test_the_score_of_a_module_is_the_mean_recall() -> None:
    traces = first_answers(2, 1)
    assert module_score(traces, after(5)) == fmean(recall(trace, after(5)) for trace in traces)


def test_a_module_without_answers_has_no_score() -> None:
    assert module_score([], TODAY) is None


@given(traces=st.lists(traces_from_before, min_size=2, max_size=8), days=st.integers(0, 400))
def test_a_retired_question_leaves_the_score(traces: list[Trace], days: int) -> None:
    retired, *live = traces
    score_before = module_score(traces, after(days))
    score = module_score(live, after(days))
    assert score is not None
    assert score_before is not None
    weighed = (score * len(live) + recall(retired, after(days))) / len(traces)
    assert score_before == pytest.approx(weighed)


def test_a_retired_must_know_no_longer_holds_the_date_back() -> None:
    live = first_answers(9, 0)
    retired = review(None, right=False, sureness=Sureness.SURE, on=TODAY, must_know=True)
    with_it = dates_after_pass([*live, retired], on=TODAY, rules=RULES)
    without = dates_after_pass(live, on=TODAY, rules=RULES)
    assert (with_it.ready_until, without.ready_until) == (after(1), after(21))


@pytest.mark.parametrize(
    ("right", "sureness", "stability"),
    [
        (False, Sureness.SURE, 0.212),
        (False, Sureness.GUESSING, 0.212),
        (True, Sureness.GUESSING, 0.212),
        (True, Sureness.FAIRLY_SURE, 1.2931),
        (True, Sureness.SURE, 2.3065),
    ],
)
def test_a_first_answer_starts_with_the_stability_of_its_rating(
    right: bool, sureness: Sureness, stability: float
) -> None:
    assert review(None, right=right, sureness=sureness, on=TODAY).stability == stability


@given(trace=traces_from_before)
def test_the_surer_a_right_answer_the_longer_it_lasts(trace: Trace) -> None:
    lasting = [review(trace, right=True, sureness=s, on=TODAY).stability for s in Sureness]
    assert lasting == sorted(lasting)
    assert lasting[0] < trace.stability < lasting[2]


@given(first=answers, second=answers, trace=st.none() | traces_from_before)
def test_only_the_first_answer_of_a_day_counts(
    first: tuple[bool, Sureness], second: tuple[bool, Sureness], trace: Trace | None
) -> None:
    morning = review(trace, right=first[0], sureness=first[1], on=TODAY)
    assert review(morning, right=second[0], sureness=second[1], on=TODAY) == morning


def test_an_answer_on_the_next_day_counts_even_if_it_is_minutes_later() -> None:
    late = review(None, right=True, sureness=Sureness.SURE, on=TODAY)
    after_midnight = review(late, right=True, sureness=Sureness.SURE, on=after(1))
    assert after_midnight.stability > late.stability


def test_a_must_know_question_stays_one_when_answered_again() -> None:
    first = review(None, right=True, sureness=Sureness.SURE, on=TODAY, must_know=True)
    assert review(first, right=True, sureness=Sureness.SURE, on=after(3)).must_know


@pytest.mark.parametrize(
    ("count", "pass_mark", "needed"),
    [
        (6, 0.80, 5),
        (5, 0.80, 4),
        (10, 0.80, 8),
        (1, 0.80, 1),
        (5, 0.60, 3),
        (100, 0.07, 7),
        (3, 1.0, 3),
        (0, 0.80, 0),
    ],
)
def test_the_answers_needed_are_the_mark_rounded_up(
    count: int, pass_mark: float, needed: int
) -> None:
    assert needed_to_pass(count, pass_mark) == needed


@pytest.mark.parametrize(
    ("right", "wrong", "expected"), [(5, 1, True), (4, 1, True), (4, 2, False), (0, 0, False)]
)
def test_a_pass_takes_four_in_five(right: int, wrong: int, expected: bool) -> None:
    marks = [Mark(1.0)] * right + [Mark(0.0)] * wrong
    assert is_pass(marks, RULES) is expected


def test_three_thirds_are_one_whole_answer() -> None:
    assert is_pass([Mark(1.0)] * 4 + [Mark(1 / 3)] * 3, MemoryRules(pass_mark=0.7))


def test_a_longer_memory_of_all_never_brings_a_date_forward() -> None:
    traces = first_answers(8, 2)
    stretched = dates_after_pass(traces, on=TODAY, rules=MemoryRules(stretch=1.5))
    assert stretched.ready_until > dates_after_pass(traces, on=TODAY, rules=RULES).ready_until


def test_an_unanswered_question_counts_as_wrong() -> None:
    assert not is_pass([Mark(1.0)] * 3 + [Mark(None)], RULES)


@pytest.mark.parametrize("mark", [0.0, 0.9, None])
def test_a_must_know_that_is_not_whole_stops_a_pass(mark: float | None) -> None:
    assert not is_pass([Mark(1.0)] * 9 + [Mark(mark, must_know=True)], RULES)


def test_a_perfect_first_pass_lasts_21_days() -> None:
    dates = dates_after_pass(first_answers(10, 0), on=TODAY, rules=RULES)
    assert dates.ready_until == after(21)


def test_a_bare_pass_lasts_the_floor() -> None:
    dates = dates_after_pass(first_answers(8, 2), on=TODAY, rules=RULES)
    assert dates.ready_until == after(RULES.floor_days)


def test_a_pass_after_much_practice_lasts_the_cap_at_most() -> None:
    traces = first_answers(10, 0)
    for gap in (3, 20, 90):
        traces = all_right_again(traces, on=after(gap))
    assert dates_after_pass(traces, on=after(90), rules=RULES).ready_until == after(90 + 180)


def test_a_module_of_look_up_questions_only_lasts_the_floor() -> None:
    assert dates_after_pass([], on=TODAY, rules=RULES) == dates_until(after(RULES.floor_days))


def test_a_guessed_must_know_beats_the_floor_and_the_earlier_date() -> None:
    guess = review(None, right=True, sureness=Sureness.GUESSING, on=TODAY, must_know=True)
    dates = dates_after_pass(
        [*first_answers(9, 0), guess], on=TODAY, rules=RULES, earlier=dates_until(after(40))
    )
    assert dates.ready_until == after(1)


def test_a_pass_keeps_an_earlier_date_that_is_later() -> None:
    earlier = dates_until(after(90))
    dates = dates_after_pass(first_answers(10, 0), on=TODAY, rules=RULES, earlier=earlier)
    assert dates.ready_until == after(90)


@given(session=sessions, untouched=others, earlier=earlier_dates)
def test_a_second_pass_on_the_same_day_never_moves_the_dates(
    session: Session, untouched: list[Trace], earlier: Dates
) -> None:
    again = dates_after_pass(
        answered(session) + untouched, on=TODAY, rules=RULES, earlier=earlier, passed_on=TODAY
    )
    assert again == earlier


@given(session=sessions, untouched=others, earlier=st.none() | earlier_dates)
def test_a_pass_ends_between_yesterday_and_the_cap_or_leaves_a_lapse_where_it_was(
    session: Session, untouched: list[Trace], earlier: Dates | None
) -> None:
    until = dates_after_pass(
        answered(session) + untouched, on=TODAY, rules=RULES, earlier=earlier
    ).ready_until
    is_old_lapse = earlier is not None and until == earlier.ready_until
    assert is_old_lapse or after(-1) <= until <= after(RULES.cap_days)


@given(session=sessions, untouched=others, earlier=st.none() | earlier_dates)
def test_a_pass_never_gives_less_than_the_floor_unless_a_must_know_does(
    session: Session, untouched: list[Trace], earlier: Dates | None
) -> None:
    traces = answered(session) + untouched
    until = dates_after_pass(traces, on=TODAY, rules=RULES, earlier=earlier).ready_until
    bound = kept_by_must_knows(traces)
    assume(bound >= TODAY)
    assert until >= min(after(RULES.floor_days), bound)


@given(session=sessions, untouched=others)
def test_a_date_beyond_the_floor_is_the_last_day_at_the_keep_line(
    session: Session, untouched: list[Trace]
) -> None:
    traces = [replace(trace, must_know=False) for trace in answered(session) + untouched]
    until = dates_after_pass(traces, on=TODAY, rules=RULES).ready_until
    assume(after(RULES.floor_days) < until < after(RULES.cap_days))
    assert until == after(days_at(RULES.keep_line, traces, on=TODAY))


@given(days=st.integers(1, 700), traces=others, earlier=st.none() | earlier_dates)
def test_a_fixed_validity_counts_from_the_pass_and_from_nothing_else(
    days: int, traces: list[Trace], earlier: Dates | None
) -> None:
    dates = dates_after_pass(traces, on=TODAY, rules=RULES, earlier=earlier, valid_days=days)
    assert dates.ready_until == after(days)


def test_practice_on_day_three_gives_the_model_date() -> None:
    practised = all_right_again(first_answers(10, 0), on=after(3))
    dates = dates_after_practice(
        practised, on=after(3), rules=RULES, earlier=dates_until(after(21)), right=10, answered=10
    )
    assert dates.ready_until == after(3 + 128)


def test_three_right_of_five_is_enough_and_two_are_not() -> None:
    traces = first_answers(3, 7)
    ends = [
        dates_after_practice(
            traces, on=TODAY, rules=RULES, earlier=dates_until(after(30)), right=right, answered=5
        ).ready_until
        for right in (3, 2)
    ]
    assert ends == [after(30), after(days_at(RULES.keep_line, traces, on=TODAY))]


def test_a_lapsed_person_is_ready_again_after_good_practice() -> None:
    dates = dates_after_practice(
        first_answers(3, 2),
        on=TODAY,
        rules=RULES,
        earlier=dates_until(after(-30)),
        right=3,
        answered=5,
    )
    assert dates.ready_until == after(RULES.floor_days)


FORGOTTEN = Trace(stability=0.2, difficulty=9, reviewed_on=after(-90))


def test_a_must_know_forgotten_meanwhile_leaves_a_lapse_where_it_was() -> None:
    traces = [replace(FORGOTTEN, must_know=True), *first_answers(6, 0)]
    earlier = dates_until(after(-30))
    dates = dates_after_pass(traces, on=TODAY, rules=RULES, earlier=earlier)
    assert dates.ready_until == after(-30)


@pytest.mark.parametrize(
    ("earlier", "expected"), [(40, -1), (0, -1), (-1, -1), (-2, -2), (-30, -30)]
)
def test_poor_practice_ends_yesterday_at_the_soonest_and_keeps_an_older_lapse(
    earlier: int, expected: int
) -> None:
    dates = dates_after_practice(
        [FORGOTTEN] * 9 + first_answers(0, 1),
        on=TODAY,
        rules=RULES,
        earlier=dates_until(after(earlier)),
        right=0,
        answered=1,
    )
    assert dates.ready_until == after(expected)


@given(traces=others, earlier=earlier_dates)
def test_practice_of_questions_already_answered_today_moves_nothing(
    traces: list[Trace], earlier: Dates
) -> None:
    dates = dates_after_practice(
        traces, on=TODAY, rules=RULES, earlier=earlier, right=0, answered=0
    )
    assert dates == earlier


@given(session=sessions, untouched=others, earlier=earlier_dates)
def test_practice_with_enough_right_never_lowers_the_date_unless_a_must_know_does(
    session: Session, untouched: list[Trace], earlier: Dates
) -> None:
    assume(right_in(session) / len(session) >= RULES.practice_share)
    bound = kept_by_must_knows(answered(session) + untouched)
    assert practise(session, untouched, earlier).ready_until >= min(earlier.ready_until, bound)


@given(session=sessions, untouched=others, earlier=earlier_dates)
def test_one_wrong_answer_made_right_never_lowers_the_date(
    session: Session, untouched: list[Trace], earlier: Dates
) -> None:
    assume(has_wrong(session))
    better = practise(one_wrong_made_right(session), untouched, earlier)
    assert better.ready_until >= practise(session, untouched, earlier).ready_until


@given(session=sessions, untouched=others, earlier=earlier_dates)
def test_practice_never_leaves_a_must_know_below_the_keep_line_uncovered(
    session: Session, untouched: list[Trace], earlier: Dates
) -> None:
    bound = kept_by_must_knows(answered(session) + untouched)
    assert practise(session, untouched, earlier).ready_until <= max(bound, after(-1))


@given(session=sessions, untouched=others, earlier=earlier_dates, days=st.integers(1, 700))
def test_practice_leaves_a_fixed_validity_alone(
    session: Session, untouched: list[Trace], earlier: Dates, days: int
) -> None:
    dates = dates_after_practice(
        answered(session) + untouched,
        on=TODAY,
        rules=RULES,
        earlier=earlier,
        right=right_in(session),
        answered=len(session),
        valid_days=days,
    )
    assert dates.ready_until == earlier.ready_until


@given(session=sessions, untouched=others, earlier=earlier_dates)
def test_an_attempt_without_a_pass_keeps_the_earlier_date(
    session: Session, untouched: list[Trace], earlier: Dates
) -> None:
    traces = [replace(trace, must_know=False) for trace in answered(session) + untouched]
    assert dates_after_not_yet(traces, on=TODAY, rules=RULES, earlier=earlier) == earlier


def test_a_missed_must_know_takes_its_own_date() -> None:
    missed = review(None, right=False, sureness=Sureness.SURE, on=TODAY, must_know=True)
    dates = dates_after_not_yet(
        [*first_answers(9, 0), missed], on=TODAY, rules=RULES, earlier=dates_until(after(60))
    )
    assert dates == dates_until(after(1))


def test_a_missed_must_know_leaves_a_fixed_validity_alone() -> None:
    missed = review(None, right=False, sureness=Sureness.SURE, on=TODAY, must_know=True)
    earlier = dates_until(after(200))
    dates = dates_after_not_yet([missed], on=TODAY, rules=RULES, earlier=earlier, valid_days=365)
    assert dates == earlier


@given(session=sessions, untouched=others, earlier=earlier_dates)
def test_a_pass_never_ends_before_the_same_attempt_without_one(
    session: Session, untouched: list[Trace], earlier: Dates
) -> None:
    assume(has_wrong(session))
    without = dates_after_not_yet(
        answered(session) + untouched, on=TODAY, rules=RULES, earlier=earlier
    )
    passed = dates_after_pass(
        answered(one_wrong_made_right(session)) + untouched,
        on=TODAY,
        rules=RULES,
        earlier=earlier,
    )
    assert passed.ready_until >= without.ready_until


@pytest.mark.parametrize(("right", "wrong"), [(10, 0), (8, 2)])
def test_practice_is_offered_on_day_three_after_a_first_pass(right: int, wrong: int) -> None:
    dates = dates_after_pass(first_answers(right, wrong), on=TODAY, rules=RULES)
    assert dates.practice_from == after(3)


def test_practice_is_offered_on_the_first_day_below_the_fresh_line() -> None:
    practised = all_right_again(first_answers(10, 0), on=after(3))
    dates = dates_after_pass(practised, on=after(3), rules=RULES)
    assert dates.practice_from == after(3 + 13 + 1)


@given(session=sessions, untouched=others, earlier=earlier_dates)
def test_practice_is_offered_by_the_last_ready_day(
    session: Session, untouched: list[Trace], earlier: Dates
) -> None:
    dates = practise(session, untouched, earlier)
    assert dates.practice_from <= dates.ready_until


def test_practice_takes_unanswered_questions_first_then_the_weakest() -> None:
    strong, weak = first_answers(1, 1)
    traces = {"strong": strong, "new": None, "weak": weak, "newer": None}
    assert weakest(traces, after(5)) == ["new", "newer", "weak", "strong"]


def test_practice_asks_no_more_than_its_count() -> None:
    assert weakest(dict(enumerate(first_answers(6, 3))), after(5)) == [6, 7, 8, 0, 1]


def test_practice_that_went_badly_never_brings_a_lapsed_module_back() -> None:
    strong = [Trace(stability=200, difficulty=5, reviewed_on=TODAY) for _number in range(9)]
    weak = Trace(stability=0.2, difficulty=5, reviewed_on=TODAY)
    lapsed = Dates(ready_until=TODAY - timedelta(days=30), practice_from=TODAY - timedelta(days=60))

    dates = dates_after_practice(
        [*strong, weak], on=TODAY, rules=MemoryRules(), earlier=lapsed, right=0, answered=5
    )

    assert dates.ready_until == lapsed.ready_until


FRIDAY = date(2026, 12, 4)


@given(st.integers(0, 200), st.integers(0, 60))
def test_nobody_is_asked_to_practise_on_a_day_off(until: int, earlier: int) -> None:
    ready_until = FRIDAY + timedelta(days=until)

    due_on = practice_due_on(ready_until, ready_until - timedelta(days=earlier))

    assert due_on.weekday() < 5
    assert due_on <= ready_until


@pytest.mark.parametrize(
    ("until", "since", "due_on"),
    [
        (date(2026, 12, 17), None, date(2026, 12, 17)),
        (date(2026, 12, 18), date(2026, 11, 1), date(2026, 12, 7)),
        (date(2026, 12, 6), date(2026, 12, 6), date(2026, 12, 4)),
    ],
)
def test_a_weekend_waits_until_monday_unless_the_date_comes_first(
    until: date, since: date | None, due_on: date
) -> None:
    assert practice_due_on(until, since) == due_on
