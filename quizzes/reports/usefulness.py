"""Did a module help with a customer? Whom to ask, and what all of them say together."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from knowledge.models import ModulePage
from quizzes.models import Usefulness

# A week is long enough to have met a customer; after two months nobody remembers.
ASKED_AFTER = timedelta(days=7)
ASKED_UNTIL = timedelta(days=60)
FEWEST_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Helped:
    """How many said what of one module; five at least, so that nobody can be told apart."""

    yes: int
    not_yet: int
    no: int

    @property
    def answers(self) -> int:
        return self.yes + self.not_yet + self.no


def module_to_ask_about(person: AbstractBaseUser, on: date) -> ModulePage | None:
    """The open module that she passed a week ago or longer and hasn't spoken of; one query."""
    asked = _asked(person, on).in_readers_words().order_by("standings__passed_on", "pk")
    module: ModulePage | None = asked.first()
    return module


def is_asked_whether_it_helped(person: AbstractBaseUser, module: ModulePage, on: date) -> bool:
    return bool(_asked(person, on).filter(pk=module.pk).exists())


def helped(module: ModulePage) -> Helped | None:
    """What all who were asked say, as counts; nothing while they are fewer than five."""
    given = Usefulness.objects.filter(module=module).order_by().values_list("answer")
    counts = dict(given.annotate(models.Count("pk")))
    answer = Usefulness.Answer
    found = Helped(*(counts.get(kind, 0) for kind in (answer.YES, answer.NOT_YET, answer.NO)))
    return found if found.answers >= FEWEST_ANSWERS else None


def _asked(person: AbstractBaseUser, on: date) -> Any:
    spoken_of = Usefulness.objects.filter(person_id=person.pk, module=models.OuterRef("pk"))
    return (
        ModulePage.objects.open_to_colleagues()
        .filter(
            standings__person_id=person.pk,
            standings__passed_on__range=(on - ASKED_UNTIL, on - ASKED_AFTER),
        )
        .exclude(models.Exists(spoken_of))
    )
