"""When a module's quiz closes for good, and when it opens again for whoever has to try again."""

from datetime import date, time
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from knowledge.models.pages import KeptPage

# A day beyond them is a slip of the pen; at the far ends of the calendar UTC has no date for it.
FIRST_YEAR, LAST_YEAR = 2000, 2199
# What an installation calls its own zone says nothing elsewhere.
NOWHERE = {"Factory", "localtime", "posixrules"}
REGIONS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia"),
    *("Atlantic", "Australia", "Europe", "Indian", "Pacific"),
)


@cache
def zone_choices() -> list[tuple[Any, Any]]:
    """All zones by their IANA names, the organisation's first, for a select with headings."""
    names = sorted(available_timezones() - NOWHERE)
    by_region = [
        (region, [_shown(name) for name in names if name.startswith(f"{region}/")])
        for region in REGIONS
    ]
    others = [(name, name) for name in names if name.partition("/")[0] not in REGIONS]
    return [("", _("The organisation's own")), *by_region, (_("Other names"), others)]


def _shown(name: str) -> tuple[str, str]:
    return name, name.partition("/")[2].replace("_", " ")


def validate_closing_day(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("Choose a day of the years %(first)s to %(last)s."),
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )


def validate_whole_minute(at: time) -> None:
    if at.second or at.microsecond:
        raise ValidationError(_("Write hours and minutes only, like 17:30."))


class OpensAgain(models.TextChoices):
    TOMORROW = "tomorrow", _("Tomorrow: a night's sleep helps")
    AT_ONCE = "at-once", _("At once")


class QuizzedPage(KeptPage):
    """A page with a quiz; its days are on the wall, `quizzes.deadlines` makes moments of them."""

    closes_on = models.DateField(
        _("closes on"), null=True, blank=True, validators=[validate_closing_day]
    )
    closes_at = models.TimeField(
        _("closes at"), null=True, blank=True, validators=[validate_whole_minute]
    )
    closes_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        choices=zone_choices,
        error_messages={
            "invalid_choice": _(
                "“%(value)s” is the name of no time zone. Write one such as Europe/London, or "
                "leave it out: then it is the organisation's."
            )
        },
    )
    opens_again = models.CharField(
        _("opens again"),
        max_length=16,
        choices=OpensAgain,
        default=OpensAgain.TOMORROW,
        error_messages={"invalid_choice": _("Write “tomorrow” or “at-once”.")},
        help_text=_(
            "When a colleague who has not passed yet may try again. Tomorrow is right for most."
        ),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.closes_on is None:
            alone = [name for name in ("closes_at", "closes_zone") if getattr(self, name)]
            remedy = _("There is no day for it yet: set “Closes on” too, or leave this empty.")
            if alone:
                raise ValidationError(dict.fromkeys(alone, remedy))

    @property
    def opens_at_once(self) -> bool:
        return self.opens_again == OpensAgain.AT_ONCE


def quiz_days_panel() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel(
                        "closes_on",
                        help_text=_("The last day. Empty: it stays open."),
                        disable_comments=True,
                    ),
                    FieldPanel(
                        "closes_at",
                        help_text=_("Empty: 23:59, the end of the day."),
                        disable_comments=True,
                    ),
                ]
            ),
            FieldPanel(
                "closes_zone",
                help_text=_("Where the clock hangs that shows this time."),
                disable_comments=True,
            ),
            FieldPanel("opens_again", widget=forms.RadioSelect, disable_comments=True),
        ],
        heading=_("When its quiz closes and opens again"),
    )
