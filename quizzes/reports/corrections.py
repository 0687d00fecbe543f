"""The wordings of a question that colleagues were asked, and what correcting one would do."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Max, Min, Q

from knowledge.models import ModulePage
from knowledge.models.languages import in_readers_words
from quizzes.asking import Asked, Kind, fingerprint
from quizzes.models import Correction, CorrectionNotice, Question, QuestionVersion
from quizzes.reports.consequences import consequences
from quizzes.reports.remedies import Consequence, Remedy


@dataclass(frozen=True, slots=True)
class PersonEffect:
    """One line of a dry run: a name, a module and dates, never an answer or a mark."""

    name: str
    module: str
    ready_before: date | None
    ready_after: date | None
    was_ready: bool
    is_ready: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What a correction does. `told` is how many people get a message."""

    answers: int
    told: int
    people: tuple[PersonEffect, ...]

    @property
    def becoming_ready(self) -> list[PersonEffect]:
        return [one for one in self.people if one.is_ready and not one.was_ready]

    @property
    def no_longer_ready(self) -> list[PersonEffect]:
        return [one for one in self.people if one.was_ready and not one.is_ready]

    @property
    def other_dates(self) -> list[PersonEffect]:
        return [
            one
            for one in self.people
            if one.was_ready == one.is_ready and one.ready_before != one.ready_after
        ]

    @property
    def fingerprint(self) -> str:
        """Who confirms says yes to this effect, and to no other."""
        lines = [f"{one.name} {one.ready_before} {one.ready_after}" for one in self.people]
        told = json.dumps([self.answers, self.told, sorted(lines)])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class VersionUse:
    """A wording of a question, and how often it was answered; `void` no longer count."""

    version: QuestionVersion
    answers: int
    void: int
    first_at: datetime | None
    last_at: datetime | None
    is_asked_today: bool
    corrections: tuple[Correction, ...]

    @property
    def can_be_voided(self) -> bool:
        return self.answers > self.void

    @property
    def can_be_rekeyed(self) -> bool:
        return self.can_be_voided and can_be_rekeyed(self.version.asked)


def version_uses(question: Question) -> list[VersionUse]:
    """The wordings that colleagues were asked, the newest first; four queries."""
    is_answered = Q(answers__answered_at__isnull=False)
    versions = question.versions.annotate(
        answer_count=Count("answers", filter=is_answered),
        void_count=Count("answers", filter=is_answered & Q(answers__is_void=True)),
        first_at=Min("answers__answered_at"),
        last_at=Max("answers__answered_at"),
    )
    today = fingerprint(question.asked_now().asked_json) if question.live else ""
    return [
        VersionUse(
            version=version,
            answers=version.answer_count,
            void=version.void_count,
            first_at=version.first_at,
            last_at=version.last_at,
            is_asked_today=version.fingerprint == today,
            corrections=tuple(version.corrections.all()),
        )
        for version in versions.prefetch_related("corrections__by").order_by("-number")
    ]


def is_asked_today(version: QuestionVersion, question: Question) -> bool:
    """Whether the question still stands in these words."""
    return question.live and version.fingerprint == fingerprint(question.asked_now().asked_json)


def can_be_rekeyed(asked: Asked) -> bool:
    """What somebody said, she marked herself; what a match says goes with the thing chosen."""
    return asked.kind not in {Kind.SAY, Kind.MATCH}


def effect_of(remedy: Remedy) -> Effect:
    """A dry run: reads as much as the correction, and writes nothing."""
    return told_of(remedy, list(consequences(remedy)))


def told_of(remedy: Remedy, found: Sequence[Consequence]) -> Effect:
    """Who has left is told nothing, and named nowhere; her answers are put right all the same."""
    here = [one for one in found if one.standing.person.is_active]
    people = [_effect_on(remedy.day, one) for one in here]
    return Effect(
        answers=sum(len(one.answers) for one in found),
        told=len({one.standing.person_id for one in here if one.is_told}),
        people=tuple(sorted(people, key=lambda one: (one.name, one.module))),
    )


def notices_for(person: AbstractBaseUser, *, is_unseen: bool = False) -> list[CorrectionNotice]:
    """What corrections did to a person, the newest first; one query.

    Of a module that is closed to her nothing is told here, as everywhere.
    """
    notices = CorrectionNotice.objects.filter(
        person_id=person.pk, module__in=ModulePage.objects.open_to_colleagues()
    )
    if is_unseen:
        notices = notices.filter(seen_at=None)
    found = list(notices.select_related("correction", "module"))
    in_readers_words(notice.module for notice in found)
    return found


def _effect_on(day: date, one: Consequence) -> PersonEffect:
    return PersonEffect(
        name=str(one.standing.person),
        module=one.standing.module.title,
        ready_before=one.ready_before,
        ready_after=one.ready_after,
        was_ready=_is_ready(one.ready_before, day),
        is_ready=_is_ready(one.ready_after, day),
    )


def _is_ready(until: date | None, day: date) -> bool:
    return until is not None and until >= day
