"""The only writer of readings. A correction is a row of its own; the one before stays."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from customers.models import Measure, Reading
from customers.reports.entering import Entered, Objection, is_same, overlap_with


class OverlapError(Exception):
    """Another reading of the same source speaks for the same days."""

    def __init__(self, objection: Objection) -> None:
        self.objection = objection
        super().__init__(str(objection))


@dataclass(frozen=True, slots=True)
class Writing:
    """A reading to be stored, and the one that it corrects."""

    measure: Measure
    entered: Entered
    corrected: Reading | None = None


@transaction.atomic
def enter_reading(
    *, measure: Measure, entered: Entered, by: AbstractBaseUser | None, at: datetime
) -> Writing | None:
    """What was written; None where the very same stands there already. Raises `OverlapError`."""
    Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    current = list(Reading.objects.current().filter(measure=measure, source=entered.source))
    same_start = [each for each in current if each.starts_on == entered.starts_on]
    corrected = next(iter(same_start), None)
    if corrected and is_same(corrected, entered):
        return None
    if objection := overlap_with(entered, [each for each in current if each not in same_start]):
        raise OverlapError(objection)
    writing = Writing(measure, entered, corrected)
    write_readings([writing], by=by, at=at)
    return writing


@transaction.atomic
def write_readings(
    writings: Iterable[Writing], *, by: AbstractBaseUser | None, at: datetime
) -> None:
    writings = list(writings)
    corrected = [writing.corrected.pk for writing in writings if writing.corrected]
    Reading.objects.filter(pk__in=corrected).update(replaced_at=at)
    Reading.objects.bulk_create(
        Reading(
            measure=writing.measure,
            starts_on=writing.entered.starts_on,
            ends_on=writing.entered.ends_on,
            source=writing.entered.source,
            note=writing.entered.note,
            entered_by_id=by.pk if by else None,
            entered_at=at,
            **asdict(writing.entered.figures),
        )
        for writing in writings
    )
