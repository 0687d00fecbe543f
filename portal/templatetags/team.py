"""A team's table: two thousand cells, which say a few dozen things."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from departments.readiness import State
from departments.reports import Cell, PersonRow, StateGroup
from portal.templatetags.portal import STATE_LOOKS, readiness_cell

register = template.Library()


@register.simple_tag
def person_rows(rows: Iterable[PersonRow], department: int | None = None) -> SafeString:
    """Rows of a table of people and modules.

    The department stands under the name of whoever doesn't work in this one; without one, of
    nobody. A component would be filled a hundred times for each page.
    """
    # Language and today are part of the key of a cell: both change how a day is written.
    language, today = get_language(), timezone.localdate()
    return format_html_join(
        "\n",
        '<tr>\n<th scope="row">{}</th>\n{}</tr>',
        ((_head_of(row, department), _cells_of(row.cells, language, today)) for row in rows),
    )


@register.simple_tag
def group_people(group: StateGroup) -> SafeString:
    """The phone's list of people in one state, each with her date where the state has one."""
    has_date = STATE_LOOKS[group.state].has_sheet
    return format_html_join(
        "\n",
        "<li><span>{}</span> {}</li>",
        (
            (name, readiness_cell(group.state, day, is_until=True) if day and has_date else "")
            for name, day in group.people
        ),
    )


@register.filter
def in_one_line(names: Iterable[str]) -> str:
    """With commas between them, to be escaped as a whole: two thousand names take their time."""
    return ", ".join(names)


def _head_of(row: PersonRow, department: int | None) -> SafeString:
    if department is None or row.department_id == department:
        return conditional_escape(row.name)
    return format_html('{}<br><span class="caption">{}</span>', row.name, row.department_name)


def _cells_of(cells: Iterable[Cell], language: str | None, today: date) -> SafeString:
    drawn = [
        _drawn(found.state, found.ready_until, language, today)
        if (found := cell.readiness)
        else _drawn(None, None, language, today)
        for cell in cells
    ]
    return mark_safe("".join(drawn))  # noqa: S308  (each is escaped where it is drawn)


@lru_cache(maxsize=4096)
def _drawn(
    state: State | None, day: date | None, _language: str | None, _today: date
) -> SafeString:
    """A cell is drawn once for its state and day."""
    if state is None:
        return format_html('<td><span class="nil">{}</span></td>\n', _("Not needed"))
    return format_html("<td>{}</td>\n", readiness_cell(state.value, day))
