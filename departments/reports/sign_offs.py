"""What heads have said of their part of a promise, and which of it still counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from departments.chains import Word
from departments.models import SignOff
from knowledge.models import PromisePage, PromiseVersion

FIRST = 1


@dataclass(frozen=True, slots=True)
class Said:
    """The newest word that counts for a version; else the newest before it, which doesn't."""

    word: SignOff | None = None
    before: SignOff | None = None

    @property
    def rule(self) -> Word | None:
        if self.word is None:
            return None
        return Word(can=self.word.says == SignOff.Says.CAN, from_on=self.word.from_on)


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one promise, the newest first, and the number of what it says today."""

    promise_version: int
    said: Sequence[SignOff]

    def of(self, department: int, brief: int | None, versions: range) -> Said:
        own = [
            each
            for each in self.said
            if each.department_id == department and each.brief_id == brief
        ]
        word = next((each for each in own if self._counts(each, versions)), None)
        earlier = (each for each in own if each.version < versions.stop and each is not word)
        return Said(word, None if word else next(earlier, None))

    def _counts(self, word: SignOff, versions: range) -> bool:
        return word.version in versions and word.promise_version == self.promise_version


def words_of(promises: Iterable[PromisePage]) -> dict[int, Words]:
    """One query: which version a promise has is asked where somebody has spoken about it."""
    promises = list(promises)
    keys = [promise.pk for promise in promises]
    versions = PromiseVersion.objects.filter(promise=models.OuterRef("promise")).newest_first()
    signed = SignOff.objects.filter(promise__in=keys).annotate(
        current=models.Subquery(versions.values("number")[:1])
    )
    told: Iterable[Any] = signed.newest_first().select_related("by")
    said = defaultdict[int, list[SignOff]](list)
    numbers: dict[int, int] = {}
    for each in told:
        said[each.promise_id].append(each)
        numbers[each.promise_id] = each.current or FIRST
    return {each.pk: Words(numbers.get(each.pk, FIRST), said[each.pk]) for each in promises}


def number_of(version: PromiseVersion | None) -> int:
    """What was never published anew says what it said at first."""
    return version.number if version else FIRST
