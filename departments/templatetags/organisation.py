from fractions import Fraction
from functools import lru_cache
from math import floor

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from departments.models import Membership
from departments.readiness import Tally

register = template.Library()

ENOUGH = Fraction(4, 5)


@register.simple_tag
def tally_cell(tally: Tally) -> SafeString:
    """The component `tally_cell`, drawn once for the same figures: a table repeats it a lot."""
    return _drawn(tally.ready, tally.needed, tally.previous, get_language())


@register.filter
def level_word(level: str) -> str:
    return str(Membership.Level(level).label)


def is_enough(ready: int, needed: int) -> bool:
    """Four in five, rounded in the team's favour; one at least."""
    return ready >= max(floor(ENOUGH * needed), 1)


@lru_cache(maxsize=8192)
def _drawn(ready: int, needed: int, previous: int, _language: str | None) -> SafeString:
    # The language is part of the key: it changes the words.
    variables = {
        "ready": ready,
        "needed": needed,
        "previous": previous,
        "is_enough": is_enough(ready, needed),
    }
    return render_to_string("components/tally_cell.html", variables)
