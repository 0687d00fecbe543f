from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

from portal.templatetags.portal import (
    ALERT_ICONS,
    STATE_LOOKS,
    FieldError,
    form_errors,
    icon,
    meter_bars,
    minutes,
    short_date,
    spoken,
    steps,
)

SPRITE = Path(__file__).parents[2] / "portal/static/portal/icons.svg"
A_FRIDAY = datetime(2026, 11, 20, 9, tzinfo=UTC)


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label="Answer",
        choices=[("a", "On Thursday"), ("b", "Within three days")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    speed = forms.CharField(label="Speed", help_text="In Mbps", widget=forms.TextInput)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 4), "Friday 4 December"),
        (date(2027, 3, 18), "Thursday 18 March"),
        (date(2027, 11, 19), "Friday 19 November 2027"),
        (date(2025, 11, 20), "Thursday 20 November 2025"),
    ],
)
@time_machine.travel(A_FRIDAY, tick=False)
def test_a_spoken_date_names_the_year_only_where_it_could_be_mistaken(
    day: date, words: str
) -> None:
    assert spoken(day).replace("\u00a0", " ") == words


@time_machine.travel(A_FRIDAY, tick=False)
def test_a_spoken_date_may_break_only_beside_its_number_and_month() -> None:
    assert spoken(date(2026, 12, 2)) == "Wednesday 2\u00a0December"
    assert spoken(date(2027, 12, 2)) == "Thursday 2\u00a0December 2027"


@time_machine.travel(A_FRIDAY, tick=False)
def test_a_moment_is_spoken_as_the_day_it_is_here() -> None:
    assert spoken(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)).startswith("Thursday 2")


@pytest.mark.parametrize(
    ("day", "words"), [(date(2027, 4, 16), "16 Apr"), (date(2028, 4, 16), "16 Apr 2028")]
)
@time_machine.travel(A_FRIDAY, tick=False)
def test_a_short_date_names_the_year_only_where_it_could_be_mistaken(day: date, words: str) -> None:
    assert short_date(day).replace("\u00a0", " ") == words


@pytest.mark.parametrize(("count", "words"), [(1, "1\u00a0minute"), (2, "2\u00a0minutes")])
def test_minutes_are_counted_in_words(count: int, words: str) -> None:
    assert minutes(count) == words


def test_progress_tells_done_from_here_from_ahead() -> None:
    assert list(steps(4, 2)) == ["done", "here", "ahead", "ahead"]


def test_a_meter_draws_one_bar_for_each_person() -> None:
    assert [bar.css for bar in meter_bars(3, 2)] == ["on", "on", "off"]


def test_a_meter_of_many_people_draws_two_bars() -> None:
    assert [(bar.css, bar.width) for bar in meter_bars(100, 75)] == [("on", 150), ("off", 50)]


def test_a_meter_tells_who_is_ready_on_the_version_before() -> None:
    assert [bar.css for bar in meter_bars(4, 3, 2)] == ["on", "old", "old", "off"]


def test_a_meter_of_many_people_tells_it_too() -> None:
    bars = [(bar.css, bar.x, bar.width) for bar in meter_bars(100, 75, 50)]
    assert bars == [("on", 0, 50), ("old", 50, 100), ("off", 150, 50)]


def test_every_icon_named_in_code_is_in_the_sprite() -> None:
    drawn = {symbol.get("id") for symbol in ET.parse(SPRITE).getroot()}  # noqa: S314  (our own file)
    named = {look.icon for look in STATE_LOOKS.values()} | set(ALERT_ICONS.values())
    assert named <= drawn


def test_states_can_be_told_apart_without_colour() -> None:
    shapes = [(look.icon, str(look.word)) for look in STATE_LOOKS.values()]
    assert len(set(shapes)) == len(shapes)


def test_an_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in icon("ready")


def test_the_error_summary_leads_to_the_first_choice_of_a_question() -> None:
    errors = form_errors(AnswerForm({"answer": "", "speed": "50"}))
    assert errors == [FieldError("Choose an answer", "id_answer_0")]


def test_an_empty_field_is_named_in_the_error_summary() -> None:
    errors = form_errors(AnswerForm({"answer": "a", "speed": ""}))
    assert errors == [FieldError("Speed: Fill this in", "id_speed")]


def test_an_input_is_tied_to_its_hint_and_its_message() -> None:
    field = AnswerForm({"answer": "a", "speed": ""})["speed"]
    html = render_to_string("components/field.html", {"field": field})
    assert 'aria-describedby="id_speed_helptext id_speed_error"' in html


def test_an_input_without_a_hint_points_at_none() -> None:
    field = AnswerForm()["speed"]
    html = render_to_string("components/field.html", {"field": field, "is_without_hint": True})
    assert "aria-describedby" not in html


def test_a_lapsed_module_shows_an_empty_place_instead_of_its_old_date() -> None:
    html = render_to_string(
        "components/date_tab.html", {"state": "lapsed", "date": date(2026, 11, 3)}
    )
    assert "date-tab--none" in html


def test_a_page_without_a_request_has_no_bar() -> None:
    drawn = Template("{% load portal %}{% bar as items %}{{ items|length }}").render(Context())
    assert drawn == "0"


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_an_error_page_needs_neither_a_request_nor_a_database(name: str) -> None:
    assert "<h1>" in render_to_string(name)


def test_the_sheet_names_every_font_that_is_made() -> None:
    from portal.fonts import FACES  # noqa: PLC0415  (fontTools takes a moment to load)

    sheet = (Path(settings.BASE_DIR) / "portal/static/portal/portal.css").read_text()
    assert all(f"fonts/{face.name}.woff2" in sheet for face in FACES)
