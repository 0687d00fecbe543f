"""Charts of evidence: what stands where, that words keep off each other, and what the page says."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from customers.charts import (
    Marker,
    Moment,
    Point,
    Row,
    Run,
    SayDo,
    axis,
    run_chart,
    say_do_chart,
)
from customers.models import Measure
from customers.reports.promises import PromiseCharted, promise_charted
from departments.charts import Table
from departments.charts.drawing import Drawing, Label, width_of
from knowledge.models import PromisePage
from tests.conftest import NOW
from tests.customers.numbers import P3, P4
from tests.customers.rows import counted, figures, promise_with
from tests.factories import (
    TODAY,
    MeasureFactory,
    ProcessChangeFactory,
    PromiseFactory,
    ReadingFactory,
)

TABLE = Table(("Month",), (("Nov",),))
NOTHING_SAID = "No customer evidence yet"


def reach(label: Label) -> tuple[float, float]:
    x, width = float(label.x), width_of(label.text)
    start = x - width if "end" in label.css else x - width / 2 if "mid" in label.css else x
    return start, start + width


def overlapping(labels: Sequence[Label]) -> list[tuple[str, str]]:
    """Words in the same row that cover each other."""
    found = []
    for one, other in combinations(labels, 2):
        (start, end), (start_2, end_2) = reach(one), reach(other)
        if one.y == other.y and start + 0.2 < end_2 and start_2 + 0.2 < end:
            found.append((one.text, other.text))
    return found


@given(low=st.floats(0, 1e6), room=st.floats(0.001, 1e6))
def test_an_axis_has_few_round_numbers_around_all_that_is_shown(low: float, room: float) -> None:
    ticks = axis(low, low + room)
    assert 2 <= len(ticks) <= 6
    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= low + room - 1e-6


def test_an_axis_of_shares_ends_at_all() -> None:
    assert axis(54.9, 98.4, least=0, most=100) == [50, 60, 70, 80, 90, 100]
    assert axis(99.0, 99.6, least=0, most=100)[-1] <= 100


def rows(*places: float) -> tuple[Row, ...]:
    return tuple(
        Row(f"M{number}", "Too close to call", "n 83,010", "99.5%", place, place - 1, place + 1)
        for number, place in enumerate(places)
    )


@given(
    places=st.lists(st.integers(1, 99), min_size=1, max_size=12),
    target=st.integers(0, 100),
    befores=st.lists(st.integers(0, 3), max_size=3),
    unit=st.sampled_from(["%", " thousand"]),
)
def test_words_of_a_say_do_chart_never_cover_each_other(
    places: list[int], target: int, befores: list[int], unit: str
) -> None:
    shown = SayDo(
        rows=rows(*places),
        target=target,
        claim=("We say: 95% or more", "higher is better"),
        ticks=tuple((number, f"{number}{unit}") for number in range(0, 101, 20)),
        markers=tuple(
            Marker(min(before, len(places)), "17 August: PC-014, weekly run", "17 Aug: PC-014")
            for before in befores
        ),
    )
    for drawing in say_do_chart("key", "", "", shown, TABLE).drawings:
        assert overlapping(drawing.labels) == []
        assert all(
            0 <= end <= drawing.width + 0.2 for each in drawing.labels for end in reach(each)
        )


@given(
    moments=st.lists(st.floats(0, 1), max_size=6), words=st.text("abc ", min_size=1, max_size=50)
)
def test_words_of_a_run_chart_never_cover_each_other(moments: list[float], words: str) -> None:
    shown = Run(
        points=(Point(0.1, 0.5), Point(0.9, 1, is_part=True)),
        levels=((0, "0"), (1, "£4.00")),
        months=tuple(Moment((number + 0.5) / 12, f"M{number}") for number in range(12)),
        markers=tuple(Moment(when, words, "PC-014") for when in moments),
    )
    for drawing in run_chart("key", "", "", shown, TABLE).drawings:
        assert overlapping(drawing.labels) == []


pytestmark = pytest.mark.django_db


def charted(promise: PromisePage) -> PromiseCharted:
    return promise_charted(promise, on=TODAY)


def drawn(promise: PromisePage, place: int = 0) -> Drawing:
    chart = charted(promise).claims[0].chart
    assert chart
    return chart.drawings[place]


@pytest.mark.parametrize("place", [0, 1, 2], ids=["wide", "mid", "narrow"])
def test_each_month_says_its_n_its_share_and_its_verdict(place: int) -> None:
    texts = [label.text for label in drawn(promise_with(P3), place).labels]
    for word in ("Nov*", "n 352", "59%", "Falling short", "Kept", "We say: 95% or more"):
        assert word in texts
    assert "higher is better" in texts


def test_a_lower_figure_is_better_where_at_most_is_claimed() -> None:
    promise = promise_with(P3, target=5, comparator="at-most")
    texts = [label.text for label in drawn(promise).labels]
    assert {"We say: 5% or less", "lower is better"} <= set(texts)


def test_a_dot_stands_where_its_share_is() -> None:
    drawing = drawn(promise_with(((600, 1000), (1000, 1000)), target=75))
    axis_y = max(float(label.y) for label in drawing.labels)
    ticks = {label.text: float(label.x) for label in drawing.labels if float(label.y) == axis_y}
    assert [float(dot.x) for dot in drawing.dots] == [ticks["60%"], ticks["100%"]]


def test_only_what_falls_short_is_drawn_as_a_gap() -> None:
    drawing = drawn(promise_with(P3))
    assert [dot.css for dot in drawing.dots] == ["", "", *["is-gap"] * 4]


def test_a_change_is_a_line_between_the_months_and_in_the_table() -> None:
    promise = promise_with(P3)
    ProcessChangeFactory(reference="PC-014", promises=[promise])
    chart = charted(promise).claims[0].chart
    assert chart
    for drawing in chart.drawings:
        (line,) = [line for line in drawing.lines if line.css == "change-line"]
        july, august = (float(dot.y) for dot in drawing.dots[1:3])
        assert july < float(line.y1) < august
    words = "17\u00a0August: PC-014, weekly refund run"
    assert words in [label.text for label in chart.drawings[0].labels]
    assert [row[-1] for row in chart.table.rows] == ["", "", words, "", "", ""]


def test_a_change_that_is_only_planned_is_not_drawn() -> None:
    promise = promise_with(P3)
    ProcessChangeFactory(promises=[promise], happens_on=date(2026, 11, 23))
    assert not charted(promise).has_markers


def test_a_change_since_the_newest_reading_stands_after_it() -> None:
    promise = promise_with(P3[:4])
    ProcessChangeFactory(promises=[promise], happens_on=date(2026, 11, 2))
    chart = charted(promise).claims[0].chart
    assert chart
    (line,) = [line for line in chart.drawings[0].lines if line.css == "change-line"]
    assert float(line.y1) > float(chart.drawings[0].dots[-1].y)
    assert chart.table.rows[-1][-1].endswith("weekly refund run")


def test_twelve_months_are_drawn_and_a_missing_one_is_a_row() -> None:
    promise = promise_with(P3)
    measure = Measure.objects.get()
    for year, month in ((2025, 10), (2025, 12), (2026, 1)):
        ReadingFactory(measure=measure, starts_on=date(year, month, 1), k=90, n=100)
    chart = charted(promise).claims[0].chart
    assert chart
    assert [row[0] for row in chart.table.rows][:3] == ["Dec 2025", "Jan", "Feb"]
    assert len(chart.table.rows) == 12
    assert chart.table.rows[2][1] == "No reading"


def with_costs() -> PromisePage:
    promise = promise_with(P3)
    figures(MeasureFactory(promise=promise, name="Cost", unit="£"), [4.1, 4.08, 3.2, 2.35, 2.3])
    figures(MeasureFactory(promise=promise, name="Calls", unit="calls"), [210, 205, 480])
    ProcessChangeFactory(reference="PC-014", promises=[promise])
    return promise


def test_the_line_of_a_change_goes_through_all_charts_at_the_same_place() -> None:
    runs = charted(with_costs()).runs
    assert [run.measure.name for run in runs] == ["Cost", "Calls"]
    places = [
        line.x1 for run in runs for line in run.chart.drawings[0].lines if "change" in line.css
    ]
    assert len(places) == 2
    assert len(set(places)) == 1


def test_what_was_measured_beside_the_claim_is_told_as_exactly_as_it_was_written() -> None:
    cost = charted(with_costs()).runs[0].chart
    assert [row[1] for row in cost.table.rows] == ["£4.10", "£4.08", "£3.20", "£2.35", "£2.30"]
    assert "PC-014" in cost.table.rows[2][-1]


def test_a_month_that_is_not_over_is_hollow() -> None:
    promise = promise_with(P3)
    figures(MeasureFactory(promise=promise), [1520, 1010], first=10)
    run = charted(promise).runs[0]
    assert [dot.css for dot in run.chart.drawings[0].dots] == ["", "is-part"]
    assert run.part_on == date(2026, 11, 20)


def test_of_many_measures_four_are_seen_at_once() -> None:
    promise = with_costs()
    for name in ("Duplicates", "Ease", "Visits"):
        figures(MeasureFactory(promise=promise, name=name), [5, 4])
    shown = charted(promise)
    assert [run.measure.name for run in shown.more_runs] == ["Visits"]
    seen, folded = page(promise).split("More measures")
    assert "<h4>Ease</h4>" in seen
    assert "<h4>Visits</h4>" in folded


def page(promise: PromisePage) -> str:
    return Template("{% load evidence %}{% say_do page %}").render(Context({"page": promise}))


def test_a_promise_without_evidence_says_so() -> None:
    assert NOTHING_SAID in page(promise_with())
    assert NOTHING_SAID in page(PromiseFactory(claims=[]))
    assert NOTHING_SAID not in page(promise_with(P3))


def test_a_marker_never_says_because() -> None:
    words = "The marker says “at the same time”, not “because”."
    promise = promise_with(P3)
    assert words not in page(promise)
    ProcessChangeFactory(promises=[promise])
    assert words in page(promise)


def test_the_page_tells_the_verdict_the_gap_and_the_day() -> None:
    promise = promise_with(P4, target=80)
    ProcessChangeFactory(reference="PC-014", promises=[promise])
    told = " ".join(page(promise).split())
    assert "80% claimed, 79.3% delivered: 0.7 points (0.9%) worse than claimed." in told
    assert "just short; changed since PC-014" in told
    assert "23,886 of 30,120, September to November. Likely 78.9 to 79.7%." in told
    assert "As at 20 November." in told
    assert "* Part month, to 20 November;" in told


def test_old_evidence_says_that_it_is_old() -> None:
    promise = promise_with(P3[:2])
    assert "Last reading 31\u00a0July: too old to rely on." in page(promise)


def test_more_measures_and_readings_take_no_more_queries() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(promise)
        return len(queries)

    promise = with_costs()
    before = asked()
    for name in ("Duplicates", "Complaints"):
        measure = MeasureFactory(promise=promise, name=name)
        counted(measure, P3)
        ProcessChangeFactory(measures=[measure], logged_at=NOW)
    assert asked() == before


def test_a_page_that_was_never_saved_has_no_evidence() -> None:
    assert NOTHING_SAID in page(PromisePage(title="New", sentence="You get it."))


@pytest.mark.parametrize(
    ("verdict", "icon", "word"),
    [
        ("kept", "kept", "Kept"),
        ("falling-short", "falling-short", "Falling short"),
        ("too-close", "too-close", "Too close to call"),
        ("too-few", "too-few", "Too few to say"),
        ("unproven", "not-yet", "Unproven"),
    ],
)
def test_a_verdict_is_drawn_with_a_shape_and_a_word(verdict: str, icon: str, word: str) -> None:
    drawn = Template('{% include "components/verdict.html" with verdict=verdict note="a note" %}')
    told = drawn.render(Context({"verdict": verdict}))
    assert f"#{icon}" in told
    assert word in told
    assert "– a note" in told


def test_a_promise_that_claims_nothing_is_drawn_as_unproven() -> None:
    drawn = Template('{% include "components/verdict.html" with evidence=evidence.worst %}')
    assert "Unproven" in drawn.render(Context({"evidence": charted(promise_with()).evidence}))
    nothing = charted(PromiseFactory(claims=[])).evidence
    assert "Unproven" in drawn.render(Context({"evidence": nothing}))
