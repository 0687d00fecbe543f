"""Whether a measure fits the claim that it judges, and the readings that it has."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from customers.models import Measure
from customers.reports.entering import Objection
from knowledge.models import Claim

# A claim says which way is better by its comparison.
DIRECTIONS = {
    Claim.Comparator.AT_LEAST: Measure.Direction.HIGHER,
    Claim.Comparator.AT_MOST: Measure.Direction.LOWER,
}


def direction_of(claim: Claim) -> str:
    return str(DIRECTIONS[Claim.Comparator(claim.comparator)].value)


def objections_to_measure(measure: Measure) -> Iterator[Objection]:
    claim = measure.claim
    if claim is not None:
        yield from _of_claim(measure, claim)
    if measure.pk and _is_of_another_kind(measure):
        yield Objection(
            "statistic",
            _("It has readings of another kind of figure."),
            _("Leave it as it was, or make another measure."),
        )


def _of_claim(measure: Measure, claim: Claim) -> Iterator[Objection]:
    if measure.promise_id is not None and measure.promise_id != claim.promise_id:
        yield Objection(
            "claim",
            _("This claim belongs to another promise."),
            _("Choose a claim of the same promise, or no promise: it follows from the claim."),
        )
    if measure.statistic != claim.statistic:
        yield Objection(
            "statistic",
            _("The claim is about something else: “%(kind)s”.")
            % {"kind": claim.get_statistic_display()},
            _("Choose the same kind of figure here, or change it in the claim."),
        )
    if measure.direction != direction_of(claim):
        yield Objection(
            "direction",
            _("The claim says “%(comparison)s”, so the other direction is better.")
            % {"comparison": claim.get_comparator_display()},
            _("Choose “%(direction)s”, or change the claim's comparison.")
            % {"direction": Measure.Direction(direction_of(claim)).label},
        )
    if measure.unit.casefold() != claim.unit.casefold():
        yield Objection(
            "unit",
            _("The claim counts in “%(unit)s”.") % {"unit": claim.unit},
            _("Write the same unit here, or change it in the claim."),
        )


def _is_of_another_kind(measure: Measure) -> bool:
    stored: Any = Measure.objects.filter(pk=measure.pk).exclude(statistic=measure.statistic)
    return bool(stored.filter(readings__isnull=False).exists())
