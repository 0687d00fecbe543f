from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from departments.reports.outlook import Outlook, outlook_of
from knowledge.models import BriefPage, Change
from knowledge.publishing import Obstacle
from knowledge.reports import DraftedChange, drafted_change, obstacles_for, plan_url
from quizzes.reports import questions_citing

register = template.Library()


@dataclass(frozen=True, slots=True)
class Planned:
    """What a draft changes and what stands in its way, in short."""

    drafted: DraftedChange
    outlook: Outlook
    obstacles: tuple[Obstacle, ...]
    undecided: int
    url: str

    @property
    def is_empty(self) -> bool:
        return not self.drafted.changes

    @property
    def kind_words(self) -> str:
        return str(Change.Kind(self.drafted.kind.value).label)


@register.simple_tag
def change_outlook(draft: BriefPage, person: AbstractBaseUser) -> Planned:
    """Some twenty queries, and four for each module that asks for what changes."""
    drafted = drafted_change(draft)
    rows = questions_citing(drafted.changes, drafted.plan)
    return Planned(
        drafted=drafted,
        outlook=outlook_of(draft, drafted, at=timezone.now()),
        obstacles=tuple(obstacles_for(drafted, by=person)),
        undecided=sum(not row.is_settled for row in rows),
        url=plan_url(draft.pk),
    )
