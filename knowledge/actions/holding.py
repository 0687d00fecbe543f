"""What becomes of a brief that was due to go out while something stood in the way."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from knowledge.actions.letters import send_letter
from knowledge.models import BriefPage
from knowledge.permissions import answerer_of
from knowledge.publishing import Obstacle
from knowledge.reports import plan_url

HELD = "knowledge.publication_held"


@transaction.atomic
def hold_publication(
    *, brief: BriefPage, revision: Revision, obstacles: Sequence[Obstacle]
) -> None:
    """Leaves the draft a draft, notes why, and tells whoever answers for the brief, once.

    A schedule forgets its moment: else it would try again, and mail again, every few minutes.
    """
    scheduled = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False)
    was_scheduled = bool(scheduled.update(approved_go_live_at=None))
    reasons = [str(obstacle.text) for obstacle in obstacles]
    log(instance=brief, action=HELD, data={"reasons": reasons}, revision=revision)
    if was_scheduled:
        transaction.on_commit(lambda: tell_keeper(brief, revision, reasons), robust=True)


def tell_keeper(brief: BriefPage, revision: Revision, reasons: Sequence[str]) -> None:
    keeper: AbstractBaseUser | None = answerer_of(brief, on=timezone.localdate()) or revision.user
    context = {
        "page": brief,
        "reasons": reasons,
        "base_url": settings.BASE_URL,
        "plan_path": plan_url(brief.pk),
    }
    send_letter("knowledge/email/held", context, to=keeper)
