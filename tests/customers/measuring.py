"""Measures and readings that the tests of this room start from."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from customers.models import Measure, Reading
from knowledge.models import Claim, PromisePage
from tests.conftest import NOW
from tests.factories import PersonFactory, PromiseFactory

SOURCE = "Payment log"


def claimed(promise: PromisePage | None = None, **terms: Any) -> Claim:
    """At least 95 % of refunds, unless told otherwise, on a published promise."""
    promise = promise or PromiseFactory(title="Fair Refund", slug="fair-refund")
    said = {"target": Decimal(95), "measure": "refunds arrive in time", "key": "in-time"} | terms
    claims: Any = promise.claims
    claims.add(Claim(**said))
    claims.commit()
    promise.save_revision().publish()
    claim: Claim = Claim.objects.select_related("promise").get(key=said["key"])
    return claim


def measured(claim: Claim | None = None, **said: Any) -> Measure:
    """A share of refunds, which judges the claim if one is given."""
    told = {
        "reference": "refunds-in-time",
        "name": "Refunds in time",
        "source": SOURCE,
        "owner": said.pop("owner", None) or PersonFactory(),
        "claim": claim,
        "promise": claim.promise if claim else None,
    }
    measure: Measure = Measure.objects.create(**{**told, **said})
    return measure


def read(measure: Measure, month: date, *, at: datetime = NOW, **said: Any) -> Reading:
    days = {"starts_on": month, "ends_on": month.replace(day=28)}
    told = {"source": measure.source, "entered_at": at}
    reading: Reading = Reading.objects.create(**{"measure": measure, **days, **told, **said})
    return reading
