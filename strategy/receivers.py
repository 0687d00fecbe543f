from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Revision

from knowledge.publishing import Obstacle, moment_or
from strategy.actions.launching import hold_launch, note_launch, note_plan
from strategy.models import Campaign
from strategy.signals import launch_held, launch_let_out, launch_planned


@receiver(launch_planned, sender=Campaign)
def keep_plan(campaign: Campaign, by: Any, **_kwargs: Any) -> None:
    note_plan(campaign=campaign, by=by, at=moment_or(timezone.now()))


@receiver(launch_let_out, sender=Campaign)
def keep_launch(revision: Revision, by: Any, was_live: bool, **_kwargs: Any) -> None:
    note_launch(revision=revision, by=by, was_live=was_live, at=moment_or(timezone.now()))


@receiver(launch_held, sender=Campaign)
def hold_back(
    campaign: Campaign, revision: Revision, obstacles: Sequence[Obstacle], **_kwargs: Any
) -> None:
    hold_launch(
        campaign=campaign, revision=revision, obstacles=obstacles, at=moment_or(timezone.now())
    )
