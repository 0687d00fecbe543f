"""Who is needed and who is ready on a day, worked out row by row without any report.

Slow and plain on purpose: every row is read into a list, and each answer is a loop over lists.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from departments.models import Assignment, Exemption, Extension, Membership, Requirement
from knowledge.models import BriefPage, Change, ChangePlan
from quizzes.models import Question, Standing
from tests.conftest import NOW

STEP = 4


@dataclass(frozen=True)
class Coming:
    """A version that is scheduled and will go out, and the facts whose words it changes."""

    brief: int
    version: int
    on: date
    material: bool
    keys: frozenset[str]
    texts: dict[str, str]


def local(moment: datetime) -> date:
    return moment.astimezone(NOW.tzinfo).date()


def covers(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


class People:
    """All that is stored on a day `on`, and what follows from it for any day from then on."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.memberships = list(Membership.objects.select_related("department", "person"))
        self.requirements = list(Requirement.objects.select_related("department"))
        kinds: tuple[Any, ...] = (Assignment, Exemption, Extension)
        self.given = {kind: list(kind.objects.order_by("pk")) for kind in kinds}
        self.standings = list(Standing.objects.select_related("unchecked__change"))
        self.changes = list(Change.objects.order_by("version"))
        self.coming = list(self._coming())
        # What a loop asks again and again.
        self.counts_at, self.is_ready = cache(self._counts_at), cache(self._is_ready)
        self.cited = cache(self._cited)

    def _coming(self) -> list[Coming]:
        briefs = ContentType.objects.get_for_model(BriefPage)
        found = []
        for revision in Revision.objects.filter(content_type=briefs):
            if revision.approved_go_live_at is None:
                continue
            brief = int(revision.object_id)
            last = self.out_of(brief)[-1]
            plan = ChangePlan.objects.filter(brief=brief).order_by("-pk")[0]
            if plan.kind == "material" and plan.approved_by_id is None:
                continue
            texts = {fact["key"]: fact["statement"] for fact in revision.content["facts"]}
            before = {fact["key"]: fact["statement"] for fact in last.facts}
            keys = frozenset(key for key in before if texts.get(key) != before[key])
            day = max(local(revision.approved_go_live_at), self.on)
            found.append(Coming(brief, last.version + 1, day, plan.kind == "material", keys, texts))
        return sorted(found, key=lambda each: each.on)

    def out_of(self, brief: int) -> list[Change]:
        return [change for change in self.changes if change.brief_id == brief]

    def comes_by(self, one: Coming, day: date) -> bool:
        return self.on < day and one.on <= day

    def newest(self, brief: int, day: date) -> int:
        ahead = [one for one in self.coming if one.brief == brief and self.comes_by(one, day)]
        return max([self.out_of(brief)[-1].version, *(one.version for one in ahead)])

    def places(self, person: int, day: date) -> list[Membership]:
        """Where somebody works that day: home first, of two homes the older."""
        own = [one for one in self.memberships if one.person_id == person]
        here = [one for one in own if covers(one.starts_on, one.ends_on, day)]
        homes = [one for one in here if one.is_home]
        others = [one for one in here if not one.is_home]
        return [
            *sorted(homes, key=lambda one: (one.starts_on, one.department_id)),
            *sorted(others, key=lambda one: one.department_id),
        ]

    def _counts_at(self, person: int, module: int, day: date) -> str | None:
        """The path of the department in which somebody is needed for a module that day."""
        places = self.places(person, day)
        if not places or not places[0].person.is_active:
            return None
        asked = [(place, ask) for place in places if (ask := self.ask_for(place, module, day))]
        wished = [one for one in self._given(Assignment, person, module) if one.starts_on <= day]
        if not asked and not wished:
            return None
        place, ask = asked[0] if asked else (places[0], None)
        until = self._new_until(person, ask) if ask else wished[0].due_on
        is_out = (
            self._is_away(place, day)
            or self._is_away(places[0], day)
            or self._is_exempt(person, module, day)
            or day <= self._moved(until, person, module)
        )
        return None if is_out else str(place.department.path)

    def ask_for(self, place: Membership, module: int, day: date) -> Requirement | None:
        path = place.department.path
        while path:
            for one in self.requirements:
                if (one.department.path, one.module_id) == (path, module) and (
                    (one.starts_on is None or one.starts_on <= day)
                    and (not one.levels or place.level in one.levels)
                    and (not one.titles or place.title.casefold() in one.titles)
                ):
                    return one
            path = path[:-STEP]
        return None

    def _given(self, kind: Any, person: int, module: int) -> list[Any]:
        return [
            one
            for one in self.given[kind]
            if (one.person_id, one.module_id) == (person, module)
            and (one.withdrawn_on is None or one.withdrawn_on > self.on)
            and (kind is Assignment or one.known_from <= self.on)
        ]

    def _new_until(self, person: int, ask: Requirement) -> date:
        joined = min(one.starts_on for one in self.memberships if one.person_id == person)
        return joined + timedelta(days=ask.joiner_days - 1)

    def _moved(self, base: date, person: int, module: int) -> date:
        until = base
        for more in self._given(Extension, person, module):
            if more.known_from <= until:
                until = max(base, more.until)
        return until

    def _is_away(self, place: Membership, day: date) -> bool:
        return bool(place.leave_from) and covers(place.leave_from, place.leave_to, day)

    def _is_exempt(self, person: int, module: int, day: date) -> bool:
        waivers = self._given(Exemption, person, module)
        return any(covers(one.starts_on, one.ends_on, day) for one in waivers)

    def _cited(self, module: int) -> frozenset[str]:
        asked = Question.objects.live().filter(module=module)
        return frozenset(asked.values_list("citations__fact_key", flat=True))

    def _is_ready(self, person: int, module: int, day: date) -> bool:
        """For the very words that hold that day: whoever has a change to check isn't."""
        found = [
            one for one in self.standings if (one.person_id, one.module_id) == (person, module)
        ]
        if not found or found[0].ready_until is None:
            return False
        own = found[0].own_ready_until or found[0].ready_until
        waits: Any = found[0].unchecked.change if found[0].unchecked else None
        missed = {waits.brief_id} if waits else set()
        for one in self.coming:
            if one.material and one.keys & self.cited(module) and self.comes_by(one, day):
                missed.add(one.brief)
                # Whoever missed a change of another brief, too, has that one still to check.
                is_over = len(missed) == 1 and self.says_again(waits, one, module)
                waits = None if is_over else waits or one
        return waits is None and own >= day

    def says_again(self, waits: Any, one: Coming, module: int) -> bool:
        """Whether the words before the change that somebody waits for will hold again."""
        if not isinstance(waits, Change) or waits.brief_id != one.brief:
            return False
        out = self.out_of(one.brief)
        (before,) = (each for each in out if each.version == waits.version - 1)
        return all(
            one.texts.get(fact["key"]) == fact["statement"]
            for fact in before.facts
            if fact["key"] in self.cited(module)
        )
