"""What templates need to draw the portal: icons, states, dates in words, the bar, the brand."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django import template
from django.forms import BaseForm, BoundField, Field
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from departments.readiness import State
from departments.wording import STATE_WORDS
from portal.navigation import Bar, BarItem, bar_for
from portal.permissions import roles_of
from portal.reports import Brand, current_brand

register = template.Library()

NO_BREAK_SPACE = "\u00a0"
# Further away than this, in either direction, "4 December" could mean two different days.
MONTHS_CLEAR_WITHOUT_YEAR = 10
MOST_PEOPLE_DRAWN = 30


@dataclass(frozen=True)
class StateLook:
    """How a state is drawn everywhere: `css` ends the class names, `icon` is in the sprite.

    `has_sheet` shows its date as a sheet of a calendar; with `is_deadline` that is the day until
    which something is asked.
    """

    css: str
    icon: str
    word: str | Promise
    has_sheet: bool = False
    is_deadline: bool = False


STATE_LOOKS = {
    "ready": StateLook("ready", "ready", STATE_WORDS[State.READY], has_sheet=True),
    "practice-due": StateLook("due", "due", STATE_WORDS[State.PRACTICE_DUE], has_sheet=True),
    "previous-version": StateLook(
        "change",
        "change",
        STATE_WORDS[State.PREVIOUS_VERSION],
        has_sheet=True,
        is_deadline=True,
    ),
    "check-the-change": StateLook("change", "not-yet", STATE_WORDS[State.CHECK_THE_CHANGE]),
    "lapsed": StateLook("not-yet", "lapsed", STATE_WORDS[State.LAPSED]),
    "started": StateLook("not-yet", "started", STATE_WORDS[State.STARTED]),
    "not-started": StateLook("not-yet", "not-yet", STATE_WORDS[State.NOT_STARTED]),
    "not-yet": StateLook("not-yet", "not-yet", _("Not yet")),
    "not-counted": StateLook("not-counted", "not-counted", STATE_WORDS[State.NOT_COUNTED]),
    "done": StateLook("ready", "ready", _("Done")),
    "kept": StateLook("kept", "kept", _("Kept")),
    "falling-short": StateLook("falling", "falling-short", _("Falling short")),
    "too-close": StateLook("too-close", "too-close", _("Too close to call")),
    "too-few": StateLook("too-few", "too-few", _("Too few to say")),
    "unproven": StateLook("unproven", "not-yet", _("Unproven")),
    "met": StateLook("ready", "ready", _("Met")),
    "not-met": StateLook("not-yet", "not-yet", _("Not met")),
    "not-kept": StateLook("falling", "falling-short", _("Not met")),
    "cant-say": StateLook("too-few", "too-few", _("Can't say")),
    "signed": StateLook("ready", "ready", _("Signed")),
    "gate-open": StateLook("ready", "ready", _("Yes")),
}

EMPTY = _("Fill this in")

ALERT_KINDS = {"success": "good", "warning": "due", "error": "problem"}
ALERT_ICONS = {
    "good": "ready",
    "due": "due",
    "problem": "problem",
    "info": "info",
    "change": "change",
}


@dataclass(frozen=True)
class FieldError:
    """One line of the error summary; without a field it has no place to lead to."""

    message: str
    field_id: str = ""


@dataclass(frozen=True)
class MeterPart:
    """One bar of a meter, in the units of its drawing."""

    x: float
    width: float
    css: str


@functools.cache
def _sprite_url() -> str:
    return static("portal/icons.svg")


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """`size` is empty, "s" or "l". The icon says nothing by itself: a word stands beside it."""
    css = f"icon icon--{size}" if size else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        _sprite_url(),
        name,
    )


@register.simple_tag
def knot(name: str = "knot") -> SafeString:
    """The loop in the thread, or with "knot-open" its two loose ends."""
    return format_html(
        '<svg class="knot-mark" viewBox="0 0 64 40" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"/></svg>',
        _sprite_url(),
        name,
    )


@register.simple_tag
def state_look(state: str) -> StateLook:
    return STATE_LOOKS[state]


@register.simple_tag
def readiness_cell(state: str, day: date | None = None, *, is_until: bool = False) -> SafeString:
    """The component `cell`, drawn once for each state and day: a team's table repeats it by the
    thousand. `is_until` writes "until 4 Dec", for lists without a head."""
    return _drawn_cell(state, day, is_until, get_language(), timezone.localdate())


@functools.lru_cache(maxsize=4096)
def _drawn_cell(
    state: str, day: date | None, is_until: bool, _language: str | None, _today: date
) -> SafeString:
    # Language and today are part of the key: both change how the day is written.
    variables = {"state": state, "date": day, "is_until": is_until}
    return render_to_string("components/cell.html", variables)


@register.simple_tag(takes_context=True)
def bar(context: Context) -> Bar:
    """Empty for people who have not signed in, and where an error page has no request."""
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated:
        return Bar()
    drawn = bar_for(roles_of(user), request.path)
    return Bar(_translated(drawn.items), _translated(drawn.more))


def _translated(items: tuple[BarItem, ...]) -> tuple[BarItem, ...]:
    return tuple(replace(item, label=gettext(item.label)) for item in items)


@register.simple_tag(takes_context=True)
def brand(context: Context) -> Brand | None:
    request: HttpRequest | None = context.get("request")
    return current_brand() if request else None


@register.filter
def spoken(day: date | None) -> str:
    """ "Friday 4 December", its number beside its month; the year where it could be mistaken."""
    if day is None:
        return ""
    # Translators: Django's date format codes for "Friday 4 December", without and with the year.
    # A no-break space keeps the number and the month together.
    return _with_year(day, gettext("l j\u00a0F"), gettext("l j\u00a0F Y"))


@register.filter
def short_date(day: date | None) -> str:
    if day is None:
        return ""
    return _with_year(day, gettext("j M"), gettext("j M Y")).replace(" ", NO_BREAK_SPACE)


@register.filter
def weekday_date(day: date | None) -> str:
    """ "Mon 7 Dec": a day to reckon with, where room is scarce."""
    if day is None:
        return ""
    return _with_year(day, gettext("D j M"), gettext("D j M Y")).replace(" ", NO_BREAK_SPACE)


def _with_year(moment: date, plain: str, with_year: str) -> str:
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return date_format(day, with_year if _needs_year(day, timezone.localdate()) else plain)


def _needs_year(day: date, today: date) -> bool:
    months = abs((day.year - today.year) * 12 + day.month - today.month)
    return months > MONTHS_CLEAR_WITHOUT_YEAR


@register.filter
def minutes(count: int) -> str:
    words = ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
    return words.replace(" ", NO_BREAK_SPACE)


@register.filter
def steps(total: int, current: int) -> Iterator[str]:
    """ "done", "here" or "ahead" for each step of a line of progress."""
    for step in range(1, total + 1):
        yield "done" if step < current else "here" if step == current else "ahead"


@register.simple_tag
def meter_bars(total: int, part: int, previous: int | None = None) -> list[MeterPart]:
    """One bar for each person; above thirty, one for each kind: who is, was of late, and is not."""
    previous = previous or 0
    counts = {"on": part - previous, "old": previous, "off": total - part}
    if total > MOST_PEOPLE_DRAWN:
        return list(_shares(counts, total))
    people = [css for css, count in counts.items() for _ in range(count)]
    width = round(200 / total - 2, 2) if total else 0
    return [MeterPart(round(n * 200 / total, 2), width, css) for n, css in enumerate(people)]


def _shares(counts: dict[str, int], total: int) -> Iterator[MeterPart]:
    start = 0.0
    for css, count in counts.items():
        if count:
            yield MeterPart(start, 200 * count / total, css)
        start += 200 * count / total


@register.filter
def alert_kind(level_tag: str) -> str:
    return ALERT_KINDS.get(level_tag, "info")


@register.filter
def alert_icon(kind: str) -> str:
    return ALERT_ICONS.get(kind, "info")


@register.simple_tag
def control(field: BoundField, hint: str = "", **attrs: str) -> SafeString:
    """The field's input in our look, without a placeholder: it disappears just when it is needed.
    Django ties the input to the hint and to the message by their ids."""
    field.help_text = hint
    css = ["input", field.field.widget.attrs.get("class", "")]
    css += ["input--error"] if field.errors else []
    return field.as_widget(
        attrs={"class": " ".join(filter(None, css)), "placeholder": False, **attrs}
    )


@register.filter
def form_errors(form: BaseForm | None) -> Sequence[FieldError]:
    """What the error summary lists: the form's own messages, then each field's, with its place."""
    if form is None or not form.errors:
        return ()
    own = [FieldError(str(message)) for message in form.non_field_errors()]
    return own + [
        FieldError(f"{field.label}: {message}" if message == str(EMPTY) else message, place)
        for field in form
        for place in [_first_control_id(field)]
        for message in messages_of(field)
    ]


@register.filter
def messages_of(field: BoundField) -> list[str]:
    """The field's messages. Django's words for an empty field say no more than that it is."""
    stock = str(Field.default_error_messages["required"])
    return [str(EMPTY) if message == stock else str(message) for message in field.errors]


def _first_control_id(field: BoundField) -> str:
    return field.subwidgets[0].id_for_label if field.use_fieldset else field.id_for_label
