from collections.abc import Sequence
from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import page_published

from knowledge.actions import hold_publication, record_change, record_promise_version
from knowledge.models import BriefPage, Fact, PromisePage
from knowledge.models.languages import is_translation
from knowledge.permissions import refuse_if_used
from knowledge.publishing import Obstacle, moment_or
from knowledge.signals import publication_held


@receiver(pre_delete, sender=Fact)
def guard_used_fact(instance: Fact, **_kwargs: Any) -> None:
    refuse_if_used([instance])


@receiver(page_published, sender=BriefPage)
def keep_version(instance: BriefPage, revision: Revision, **_kwargs: Any) -> None:
    """Wagtail tells of pages that are only scheduled too; these say nothing to anybody yet."""
    if instance.live:
        record_change(brief=instance, revision=revision, at=moment_or(timezone.now()))


@receiver(page_published, sender=PromisePage)
def keep_promise_version(instance: PromisePage, revision: Revision, **_kwargs: Any) -> None:
    """A translation promises nothing of its own."""
    if instance.live and not is_translation(instance):
        at = moment_or(timezone.now())
        record_promise_version(promise=instance, author_id=revision.user_id, at=at)


@receiver(publication_held, sender=BriefPage)
def hold_back(
    brief: BriefPage, revision: Revision, obstacles: Sequence[Obstacle], **_kwargs: Any
) -> None:
    hold_publication(brief=brief, revision=revision, obstacles=obstacles)
