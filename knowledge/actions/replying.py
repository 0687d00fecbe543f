from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.html import linebreaks
from wagtail.rich_text import RichText

from knowledge.models import BriefPage, Remark
from knowledge.permissions import brief_behind, may_share_reply


class AlreadyRepliedError(Exception):
    """Somebody else was quicker; the first reply stands."""


class Shared(StrEnum):
    """What became of a reply that was to be shared."""

    NOT = "not"
    PUBLISHED = "published"
    DRAFTED = "drafted"


@transaction.atomic
def reply_to_remark(
    *,
    remark: Remark,
    by: AbstractBaseUser,
    outcome: str,
    reply: str,
    at: datetime,
    question: str = "",
) -> Shared:
    """Replies to a colleague; with a question, all others read it in the brief too.

    Raises `AlreadyRepliedError`.
    """
    stored = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if stored.replied_at is not None:
        raise AlreadyRepliedError
    stored.outcome, stored.reply = outcome, reply
    stored.replied_by_id, stored.replied_at = by.pk, at
    stored.is_shared = bool(question)
    stored.save(update_fields=["outcome", "reply", "replied_by", "replied_at", "is_shared"])
    return share(stored, by=by, question=question) if question else Shared.NOT


def share(remark: Remark, *, by: AbstractBaseUser, question: str) -> Shared:
    """Adds question and answer to the brief's draft, and publishes it where nothing else waits."""
    page = remark.page.specific
    if not may_share_reply(by, page):
        raise PermissionDenied
    brief = BriefPage.objects.get(pk=brief_behind(page).pk)
    was_settled = brief.live and not brief.has_unpublished_changes
    draft = brief.get_latest_revision_as_object()
    answer = RichText(linebreaks(remark.reply, autoescape=True))
    draft.answers.append(("answer", {"question": question, "answer": answer}))
    # What else the draft lacks is for whoever publishes it.
    revision = draft.save_revision(user=by, log_action=True, clean=False)
    if was_settled and brief.permissions_for_user(by).can_publish():
        revision.publish(user=by)
    is_out = BriefPage.objects.filter(pk=brief.pk, live_revision=revision.pk).exists()
    return Shared.PUBLISHED if is_out else Shared.DRAFTED


def note_replies_seen(*, person: AbstractBaseUser, at: datetime) -> None:
    """She has opened the list in which they stand."""
    unseen = Remark.objects.filter(person_id=person.pk, seen_at=None, replied_at__isnull=False)
    unseen.update(seen_at=at)
