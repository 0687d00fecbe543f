"""Which changes in how departments work have to do with which promises and measures."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from customers.models import ProcessChange


@dataclass(frozen=True, slots=True)
class Marks:
    """The changes by the promise, and by the measure, that somebody said they have to do with."""

    by_promise: dict[int, list[ProcessChange]] = field(default_factory=dict)
    by_measure: dict[int, list[ProcessChange]] = field(default_factory=dict)

    def of(self, promise: int | None, measure: int) -> tuple[ProcessChange, ...]:
        """Those of a measure's chart: its own and its promise's, the oldest first."""
        own = self.by_measure.get(measure, [])
        around = self.by_promise.get(promise, []) if promise else []
        found = {change.pk: change for change in (*own, *around)}
        return tuple(sorted(found.values(), key=lambda each: (each.happens_on, each.reference)))


def marks_of(promises: Collection[int], measures: Collection[int]) -> Marks:
    """Those that were not dropped; two queries."""
    by_promise: dict[int, list[ProcessChange]] = defaultdict(list)
    of_promises = ProcessChange.promises.through.objects.filter(
        promisepage__in=promises, processchange__dropped_at=None
    )
    for row in of_promises.select_related("processchange"):
        by_promise[row.promisepage_id].append(row.processchange)
    by_measure: dict[int, list[ProcessChange]] = defaultdict(list)
    of_measures = ProcessChange.measures.through.objects.filter(
        measure__in=measures, processchange__dropped_at=None
    )
    for row in of_measures.select_related("processchange"):
        by_measure[row.measure_id].append(row.processchange)
    return Marks(by_promise, by_measure)
