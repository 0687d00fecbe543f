"""What the pages about everybody's dates tell in words."""

from dataclasses import dataclass

from django import template
from django.utils.formats import number_format

from quizzes.calibration import BUCKETS
from quizzes.days import organisation_today
from quizzes.memory import needed_to_pass
from quizzes.models import QuizSettings
from quizzes.reports.previews import Lasts, Reckoned, lasting, reckoned_anew

register = template.Library()


@dataclass(frozen=True, slots=True)
class SettingsEffect:
    """What changed settings would do, beside those that are stored."""

    before: QuizSettings
    after: QuizSettings
    needed_before: int
    needed_after: int
    lasting: list[Lasts]
    reckoned: Reckoned


@register.filter
def effect_of(changed: QuizSettings) -> SettingsEffect:
    """Of a form that is still being filled in: what is empty is taken as it is stored."""
    stored = QuizSettings.objects.get(pk=changed.pk)
    changed.fill_in_from(stored)
    rules = stored.rules, changed.rules
    return SettingsEffect(
        before=stored,
        after=changed,
        needed_before=needed_to_pass(stored.questions_drawn, stored.rules.pass_mark),
        needed_after=needed_to_pass(changed.questions_drawn, changed.rules.pass_mark),
        lasting=lasting(*rules),
        reckoned=reckoned_anew(*rules, on=organisation_today()),
    )


@register.filter
def percent(share: float | None) -> str:
    """ "84 %"; a dash where nothing is known."""
    return "–" if share is None else f"{round(100 * share)} %"


@register.filter
def ten_more(floor: float) -> float:
    """Where the bucket ends that begins there."""
    return floor + 1 / BUCKETS


@register.filter
def points(gap: float) -> str:
    """How wide a gap is, whichever way."""
    return number_format(abs(gap), decimal_pos=1)


@register.filter
def of_a_hundred(chance: float) -> int:
    return round(100 * chance)
