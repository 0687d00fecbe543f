"""Promises of the story with their readings, as rows."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from customers.models import Measure
from knowledge.models import Claim, PromisePage
from tests.customers.numbers import FIRST_MONTH, days_of
from tests.factories import MeasureFactory, PromiseFactory, ReadingFactory


def promise_with(
    counts: Sequence[tuple[int, int]] = (), *, target: float = 95, **terms: Any
) -> PromisePage:
    """`counts` are (k, n) of its months from June on."""
    claim = Claim(target=Decimal(str(target)), measure="refunds arrive in time", **terms)
    promise: PromisePage = PromiseFactory(title="Fair Refund", claims=[claim])
    if counts:
        counted(MeasureFactory(claim=promise.claims.get()), counts)
    return promise


def counted(measure: Measure, counts: Sequence[tuple[int, int]], first: int = FIRST_MONTH) -> None:
    for number, (k, n) in enumerate(counts, start=first):
        starts_on, ends_on = days_of(number)
        ReadingFactory(measure=measure, starts_on=starts_on, ends_on=ends_on, k=k, n=n)


def figures(measure: Measure, values: Sequence[float], first: int = FIRST_MONTH) -> None:
    for number, value in enumerate(values, start=first):
        starts_on, ends_on = days_of(number)
        ReadingFactory(measure=measure, starts_on=starts_on, ends_on=ends_on, value=value)
