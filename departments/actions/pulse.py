"""The only writer of answers to a month's question.

An answer leads to nobody: neither its key nor its time nor anything beside it does. While a month
is open, who has answered is kept apart from what was answered, so that nobody is asked twice. When
it is over it is put together: the answers are written anew in an order of chance, so that the order
in the database tells nothing either, those of departments that can't be shown join the other teams,
names are taken out of people's words, and who has answered is forgotten.
"""

from collections.abc import Sequence
from datetime import datetime
from secrets import SystemRandom

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from departments.beliefs import picture
from departments.masking import Masks, masked, parts_of_names
from departments.models import (
    Department,
    Pulse,
    PulseAnswer,
    PulseTurnout,
    PulseWord,
    TeamBelief,
)
from departments.reports.pulse import said_in
from departments.reports.pulse_question import bucket_of, home_of
from knowledge.workdays import monday_of
from quizzes.days import organisation_day

MOST_AT_ONCE = 2_000
LONGEST_WORDS = 500


class NotAsked(Exception):
    """The question isn't open, or isn't put to this person."""


@transaction.atomic
def answer_pulse(
    *,
    pulse: Pulse,
    person: AbstractBaseUser,
    belief: str,
    at: datetime,
    of_ten: int | None = None,
    words: str = "",
) -> bool:
    """Whether it was taken: nobody answers twice, and nobody changes an answer.

    Raises `NotAsked`.
    """
    day = organisation_day(at)
    home = home_of(person, on=day)
    # Held until the end, so that the month isn't put together meanwhile.
    held = Pulse.objects.select_for_update().filter(pk=pulse.pk)
    if home is None or not held.filter(opens_on__lte=day, closes_on__gte=day).exists():
        raise NotAsked
    if _is_put_together(pulse):
        raise NotAsked
    _turnout, is_new = PulseTurnout.objects.get_or_create(pulse=pulse, person_id=person.pk)
    if not is_new:
        return False
    PulseAnswer.objects.create(
        pulse=pulse,
        department=bucket_of(home, on=day),
        belief=belief,
        of_ten=of_ten,
        week=monday_of(day),
    )
    if words.strip():
        PulseWord.objects.create(pulse=pulse, text=words.strip()[:LONGEST_WORDS])
    return True


def _is_put_together(pulse: Pulse) -> bool:
    """An answer that was on its way at midnight may find its month over, its turnout forgotten."""
    has_answers = PulseAnswer.objects.filter(pulse=pulse).exists()
    return has_answers and not PulseTurnout.objects.filter(pulse=pulse).exists()


def close_pulses(*, at: datetime) -> list[Pulse]:
    """Puts together every month that is over and isn't yet. Run again, it finds none."""
    day = organisation_day(at)
    waiting = PulseTurnout.objects.values("pulse")
    over = Pulse.objects.filter(closes_on__lt=day, pk__in=waiting).select_related("promise")
    closed = list(over.order_by("month"))
    for pulse in closed:
        close_pulse(pulse)
    return closed


@transaction.atomic
def close_pulse(pulse: Pulse) -> None:
    Pulse.objects.select_for_update().get(pk=pulse.pk)
    named = picture(said_in(pulse)).named
    answers = list(PulseAnswer.objects.filter(pulse=pulse))
    words = list(PulseWord.objects.filter(pulse=pulse).values_list("text", flat=True))
    chance = SystemRandom()
    chance.shuffle(answers)
    chance.shuffle(words)
    PulseAnswer.objects.filter(pulse=pulse).delete()
    PulseWord.objects.filter(pulse=pulse).delete()
    PulseTurnout.objects.filter(pulse=pulse).delete()
    PulseAnswer.objects.bulk_create(
        (put_together(answer, pulse, named) for answer in answers), MOST_AT_ONCE
    )
    PulseWord.objects.bulk_create(
        (PulseWord(pulse=pulse, text=text) for text in without_names(words)), MOST_AT_ONCE
    )


def put_together(answer: PulseAnswer, pulse: Pulse, named: frozenset[str]) -> PulseAnswer:
    """The same answer under a new key, in the first week of its month."""
    is_named = str(answer.department_id) in named
    return PulseAnswer(
        pulse=pulse,
        department_id=answer.department_id if is_named else None,
        belief=answer.belief,
        of_ten=answer.of_ten,
        week=monday_of(pulse.opens_on),
    )


def without_names(words: Sequence[str]) -> list[str]:
    if not words:
        return []
    people = get_user_model().objects.values_list("first_name", "last_name")
    names = parts_of_names(f"{first} {last}" for first, last in people.iterator())
    masks = Masks(name=_("[name]"), email=_("[e-mail]"), number=_("[number]"))
    return [masked(text, names, masks)[:LONGEST_WORDS] for text in words]


@transaction.atomic
def agree_on_belief(
    *,
    pulse: Pulse,
    department: Department,
    by: AbstractBaseUser,
    belief: str,
    at: datetime,
    of_ten: int | None = None,
    sentence: str = "",
) -> TeamBelief:
    """What a team agreed on, openly; as long as the month is open, it may agree on another answer.

    Raises `NotAsked`.
    """
    day = organisation_day(at)
    if not pulse.opens_on <= day <= pulse.closes_on:
        raise NotAsked
    agreed, _is_new = TeamBelief.objects.update_or_create(
        pulse=pulse,
        department=department,
        defaults={
            "belief": belief,
            "of_ten": of_ten,
            "sentence": sentence.strip(),
            "agreed_on": day,
            "signed_by_id": by.pk,
        },
    )
    return agreed
