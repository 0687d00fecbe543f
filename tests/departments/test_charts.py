"""Charts as places: what is drawn is what was given, and words never cover each other."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.charts import (
    Band,
    Chart,
    Edge,
    Mark,
    Month,
    Parts,
    Point,
    Table,
    Tick,
    Trend,
    Turn,
    band_chart,
    parts_chart,
    trend_chart,
)
from departments.charts.drawing import Drawing, Label, whole_ticks, width_of

TABLE = Table(("From",), (("Today",),))
WORDS = st.text("abc ", min_size=1, max_size=40).filter(str.strip)


def band(*marks: Mark, lower: tuple[tuple[int, int], ...] = ((0, 12), (18, 0))) -> Chart:
    shown = Band(
        days=90,
        most=13,
        lower=Edge("If nobody checks", lower),
        upper=Edge("At our usual pace", ((0, 12), (18, 11))),
        ticks=(Tick(0, "Today"), Tick(90, "18 Feb")),
        marks=marks,
    )
    return band_chart("forecast", "Ready", "12 today.", shown, TABLE)


def reach(label: Label) -> tuple[float, float]:
    x, width = float(label.x), width_of(label.text)
    start = x - width if "end" in label.css else x - width / 2 if "mid" in label.css else x
    return start, start + width


def labels_at(drawing: Drawing, *rows: float) -> list[Label]:
    return [label for label in drawing.labels if float(label.y) in rows]


def test_a_step_is_level_until_its_day_and_falls_straight() -> None:
    wide = band().drawings[0]
    _upper, lower = wide.paths
    assert lower.points == "36.0,32.6 222.8,32.6 222.8,280.0 970.0,280.0"


def test_room_for_marks_is_kept_only_where_there_are_marks() -> None:
    bands = band(), band(Mark(9, ("Goes live",)))
    trends = trend([0.5, 1]), trend([0.5, 1], Turn(0, ("Version 3",)))
    for bare, marked in (bands, trends):
        for one, other in zip(bare.drawings, marked.drawings, strict=True):
            assert highest(one) < highest(other)


def highest(drawing: Drawing) -> float:
    return min(float(line.y1) for line in drawing.grid)


def test_the_axis_counts_whole_people_in_few_round_steps() -> None:
    assert whole_ticks(13) == [0, 4, 8, 12]
    assert whole_ticks(3) == [0, 1, 2, 3]
    assert whole_ticks(4200) == [0, 2000, 4000]
    assert whole_ticks(0) == [0]


def test_a_chart_has_a_drawing_for_each_width() -> None:
    assert [drawing.size for drawing in band().drawings] == ["wide", "mid", "narrow"]


marks = st.builds(
    Mark,
    st.integers(1, 90),
    st.lists(WORDS, min_size=1, max_size=2).map(tuple),
    is_soft=st.booleans(),
)


@given(found=st.lists(marks, max_size=5))
def test_words_over_marks_never_cover_each_other_or_leave_the_drawing(found: list[Mark]) -> None:
    for drawing in band(*found).drawings:
        for row in (22.0, 40.0):
            spans = [reach(label) for label in labels_at(drawing, row)]
            for one, two in combinations(spans, 2):
                # Places are written to one decimal: words that touch may seem to overlap by that.
                assert one[1] <= two[0] + 0.2 or two[1] <= one[0] + 0.2
            assert all(start >= 0 and end <= drawing.width for start, end in spans)


@given(found=st.lists(marks, max_size=5))
def test_no_line_of_a_mark_goes_through_words(found: list[Mark]) -> None:
    for drawing in band(*found).drawings:
        lines = [line for line in drawing.lines if "mark" in line.css]
        for label in labels_at(drawing, 22.0, 40.0):
            start, end = reach(label)
            through = [line for line in lines if start + 0.2 < float(line.x1) < end - 0.2]
            assert all(float(line.y1) >= float(label.y) for line in through)


def test_a_soft_mark_beside_a_strong_one_finds_room_in_the_first_row() -> None:
    change = Mark(8, ("30 Nov v4",), is_soft=True)
    launch = Mark(15, ("7 Dec launch",), ("launch",), is_soft=True)
    cliff = Mark(16, ("Tuesday 8 December: between 0 and 11", "grace is over"), ("8 Dec", "over"))

    told = [
        [(label.text, label.y) for label in labels_at(drawing, 22.0, 40.0)]
        for drawing in band(change, launch, cliff).drawings
    ]

    assert ("30 Nov v4", "40.0") in told[0]
    assert ("7 Dec launch", "22.0") in told[0]
    assert ("7 Dec launch", "22.0") in told[1]
    assert ("launch", "22.0") in told[2]


def test_the_names_of_both_edges_stay_apart_where_these_meet() -> None:
    for drawing in band(lower=((0, 12), (18, 11))).drawings:
        names = [label for label in drawing.labels if label.text.startswith(("At our", "If no"))]
        one, two = (float(label.y) for label in names)
        assert abs(one - two) >= 14


def trend(shares: list[float | None], *turns: Turn) -> Chart:
    points = tuple(Point(f"M{place}", share) for place, share in enumerate(shares))
    shown = Trend(points, ((0, "0%"), (1, "100%")), newest=("82% today",), turns=turns)
    return trend_chart("months", "Ready", "", shown, TABLE)


def test_no_line_is_drawn_over_a_month_of_which_nothing_is_known() -> None:
    wide = trend([0.5, 1, None, 0, 0.25]).drawings[0]
    assert [len(path.points.split()) for path in wide.paths] == [2, 2]
    assert len(wide.dots) == 4


def test_without_any_known_month_only_the_axes_are_drawn() -> None:
    assert trend([None, None]).drawings[0].dots == ()


@given(places=st.lists(st.integers(0, 11), max_size=6, unique=True), words=WORDS)
def test_the_words_of_turns_never_cover_each_other(places: list[int], words: str) -> None:
    turns = [Turn(place, (words, "version 3")) for place in places]
    for drawing in trend([0.5] * 12, *turns).drawings:
        told = [label for label in drawing.labels if "t-change" in label.css]
        for one, two in combinations(told, 2):
            (start, end), (start_2, end_2) = reach(one), reach(two)
            assert one.y != two.y or end <= start_2 + 0.2 or end_2 <= start + 0.2


@pytest.mark.parametrize("size", [0, 1, 2])
def test_a_bar_is_shared_out_by_its_answers(size: int) -> None:
    months = (Month("Sep", (24, 14, 10), note="48"), Month("Nov", words="Fewer than five"))
    chart = parts_chart("belief", "Believe", "", Parts(("Yes", "Not yet", "No"), months), TABLE)
    drawing = chart.drawings[size]
    widths = [float(bar.width) for bar in drawing.bars]
    assert len(widths) == 3
    assert widths[0] / sum(widths) == pytest.approx(24 / 48, abs=0.001)
    assert "Fewer than five" in [label.text for label in drawing.labels]
