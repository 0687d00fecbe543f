"""What threads and gates ought to say, worked out row by row without any report.

Nothing but models and the second opinions on people and on verdicts is taken from elsewhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from departments.models import Flag, Link, SignOff
from knowledge.models import BriefPage, Claim, ModulePage, PromiseVersion
from strategy.models import Override
from tests.customers.second_opinion import Opinion, opinion
from tests.departments.second_opinion import People

TOO_OLD = 45


@dataclass(frozen=True)
class Knot:
    department: int
    needed: int
    required: int
    ready: int
    signed: bool
    met: bool


@dataclass(frozen=True)
class Chain:
    knots: tuple[Knot, ...]
    needed: int
    ready: int
    out: bool


def worst(answers: list[str]) -> str:
    if "not-met" in answers:
        return "not-met"
    return "cant-say" if "cant-say" in answers or not answers else "met"


class Rows(People):
    """All that is stored on a day `on`, and what follows from it for any day from then on."""

    def chain(self, promise: Any, brief: BriefPage | None, version: int, day: date) -> Chain:
        modules = list(ModulePage.objects.filter(brief=brief, live=True)) if brief else []
        newest = self.newest(brief.pk, day) if brief else 0
        out = version <= newest
        knots, everybody, lacking = [], set[int](), set[int]()
        for link in Link.objects.filter(promise=promise).order_by("sort_order", "pk"):
            asked = [
                (person, module.pk)
                for person in {one.person_id for one in self.memberships}
                for module in modules
                if (self.counts_at(person, module.pk, day) or "").startswith(link.department.path)
            ]
            needed = {person for person, _module in asked}
            unready = {one for one, key in asked if not out or not self.is_ready(one, key, day)}
            least = max(1, len(needed) * link.share // 100, link.at_least or 0)
            required, ready = min(least, len(needed)), len(needed - unready)
            signed = self.signed(promise, link.department_id, brief, max(version, newest), day)
            met = bool(needed) and out and ready >= required and signed
            knots.append(Knot(link.department_id, len(needed), required, ready, signed, met))
            everybody |= needed
            lacking |= unready
        return Chain(tuple(knots), len(everybody), len(everybody - lacking), out)

    def signed(
        self, promise: Any, department: int, brief: BriefPage | None, version: int, day: date
    ) -> bool:
        key = brief.pk if brief else 0
        turns = [one.version for one in self.out_of(key) if one.kind != "wording"]
        turns += [one.version for one in self.coming if one.brief == key and one.material]
        first = max((turn for turn in turns if turn <= version), default=0)
        after = min((turn for turn in turns if turn > version), default=10**6)
        numbers = PromiseVersion.objects.filter(promise=promise).values_list("number", flat=True)
        said = [
            one
            for one in SignOff.objects.filter(promise=promise, department=department)
            if one.brief_id == (key or None)
            and first <= one.version < after
            and one.promise_version == max(numbers, default=1)
        ]
        last = max(said, key=lambda one: (one.at, one.pk), default=None)
        return bool(last and last.says == "can" and (not last.from_on or last.from_on <= day))

    def gate(self, campaign: Any, day: date) -> dict[str, str]:
        """The four answers, and whether it is open."""
        found: dict[str, list[str]] = {"know": [], "signed": [], "deliver": [], "flags": []}
        for promise in campaign.promises.all():
            chain = self.chain(promise, campaign.brief, campaign.brief_version, day)
            claims = [opinion(one, self.on) for one in Claim.objects.filter(promise=promise)]
            waiting = Flag.objects.filter(promise=promise, answered_at=None).exists()
            found["know"].append(know(chain))
            found["signed"].append(signed(chain))
            found["deliver"].append(worst([deliver(one, day) for one in claims]))
            found["flags"].append("not-met" if waiting else "met")
        told = {name: worst(some) for name, some in found.items()}
        covered = self.covered(campaign, day)
        is_open = all(answer == "met" or name in covered for name, answer in told.items())
        return {**told, "open": str(is_open)}

    def covered(self, campaign: Any, day: date) -> list[str]:
        agreed = Override.objects.filter(campaign=campaign, agreed_at__isnull=False)
        newest = agreed.order_by("agreed_at", "pk").last()
        if newest is None or newest.launches_on != campaign.launches_on:
            return []
        promised = {promise.pk for promise in campaign.promises.all()}
        asked = [campaign.brief_id, campaign.brief_version]
        is_known = promised <= set(newest.saw.get("promises", promised))
        is_of_version = newest.saw.get("brief", asked) == asked
        is_that_day = day == max(campaign.launches_on, self.on)
        return list(newest.covers) if is_known and is_of_version and is_that_day else []


def know(found: Chain) -> str:
    if not found.knots:
        return "cant-say"
    if not found.out or any(knot.ready < knot.required for knot in found.knots):
        return "not-met"
    return "met" if all(knot.needed for knot in found.knots) else "cant-say"


def signed(found: Chain) -> str:
    if not found.knots:
        return "cant-say"
    return "met" if all(knot.signed for knot in found.knots) else "not-met"


def deliver(found: Opinion, day: date) -> str:
    if found.last_on is None or found.verdict == "too-few":
        return "cant-say"
    if (day - found.last_on).days > TOO_OLD:
        return "cant-say"
    return "not-met" if found.verdict == "falling-short" else "met"
