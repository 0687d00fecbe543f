"""The promise register: each promise with what is known of it, in the order its reader needs.

Whoever edits promises reads those first of which nobody can say whether they are kept; everybody
else, those in which her department has a part. Apart from that the editors' own order stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count

from customers.reports.evidence import Evidence, evidence_of
from customers.verdicts import Verdict
from departments.reports.chains import chains_of, with_part_of
from departments.reports.sights import as_seen_by
from departments.reports.threads import Thread, threads_of
from knowledge.forms import PromiseListForm
from knowledge.models import PromisePage
from knowledge.reports import found_promises
from strategy.models import Override
from strategy.reports.launches import Launch, launches, next_launches

UNKNOWN_FIRST = (
    Verdict.UNPROVEN,
    Verdict.TOO_FEW,
    Verdict.FALLING_SHORT,
    Verdict.TOO_CLOSE,
    Verdict.KEPT,
)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A promise; the nearest launch that makes it; how many overrides nobody looked back on."""

    promise: PromisePage
    evidence: Evidence
    thread: Thread
    launch: Launch | None
    overrides: int

    @property
    def owner(self) -> str:
        return str(self.promise.owner or "")


def reads_verdicts_first(person: AbstractBaseUser) -> bool:
    return any(getattr(person, role, False) for role in ("is_superuser", "is_editor"))


def promises_listed(
    form: PromiseListForm, reader: AbstractBaseUser, *, on: date
) -> list[PromisePage]:
    """What was asked of the list, in the reader's order; a fixed number of queries."""
    promises = found_promises(words=form.words, is_pilot=form.is_pilot).select_related("owner")
    own = with_part_of(promises, reader, on=on) if form.wants_own_part else promises
    found: list[PromisePage] = list(own)
    first = _ranks(found, reader, on)
    return sorted(found, key=lambda promise: first[promise.pk])


def register_lines(
    promises: Sequence[PromisePage], reader: AbstractBaseUser, *, on: date
) -> list[RegisterLine]:
    """Without figures of people that aren't the reader's to know; a fixed number of queries."""
    if not promises:
        return []
    evidence, planned = evidence_of(promises, on=on), launches(on=on)
    threads = as_seen_by(reader, threads_of(promises, on=on).values(), on=on)
    nearest, overrides = next_launches(planned, on=on), _overrides(planned)
    return [
        RegisterLine(
            promise,
            evidence[promise.pk],
            threads[promise.pk],
            nearest.get(promise.pk),
            overrides.get(promise.pk, 0),
        )
        for promise in promises
    ]


def _ranks(found: Sequence[PromisePage], reader: AbstractBaseUser, on: date) -> dict[int, int]:
    if reads_verdicts_first(reader):
        known = evidence_of(found, on=on)
        return {pk: UNKNOWN_FIRST.index(each.verdict) for pk, each in known.items()}
    chains = chains_of(found, reader, on=on)
    own = {pk for pk, chain in chains.items() if chain.own}
    return {promise.pk: int(promise.pk not in own) for promise in found}


def _overrides(planned: Iterable[Launch]) -> dict[int, int]:
    """By promise, how many launches went ahead without all checks and weren't looked back on."""
    counts = Override.objects.unreviewed().order_by().values_list("campaign")
    of_campaign = dict(counts.annotate(Count("pk")))
    found: dict[int, int] = {}
    for launch in planned:
        for promise in launch.plan.promise_ids:
            found[promise] = found.get(promise, 0) + of_campaign.get(launch.plan.pk, 0)
    return found
