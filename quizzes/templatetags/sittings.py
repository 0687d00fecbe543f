"""Moments of a sitting, as its screens say them."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from knowledge.models import ModulePage

register = template.Library()


@dataclass(frozen=True, slots=True)
class Closing:
    """The last moment of a quiz, as a clock on the wall in its zone shows it."""

    day: date
    time: str
    zone: str


@register.filter
def closing(moment: datetime | None, module: ModulePage) -> Closing | None:
    """A due day in the zone that the module's author named."""
    if moment is None:
        return None
    zone = module.closes_zone or settings.TIME_ZONE
    wall = moment.astimezone(ZoneInfo(zone))
    return Closing(wall.date(), date_format(wall, gettext("H:i")), zone)


@register.simple_tag
def clock(moment: datetime | None = None) -> SafeString:
    """ "14:02", with the day where it wasn't today; a script turns it to the reader's zone."""
    if moment is None:
        return SafeString("<time data-clock></time>")
    here = timezone.localtime(moment)
    # Translators: Django's date format codes for "14:02" and for "20 November, 14:02".
    told = gettext("H:i") if here.date() == timezone.localdate() else gettext("j F, H:i")
    return format_html(
        '<time data-clock datetime="{}">{}</time>', here.isoformat(), date_format(here, told)
    )
