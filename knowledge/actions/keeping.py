"""Somebody says that pages are still true, or gives them to another owner."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from knowledge.models import KeptPage, Verification
from knowledge.ownership import keepers_of
from knowledge.permissions import may_keep
from knowledge.reports.keeping import day_of, last_verifications, on_day


@transaction.atomic
def verify_pages(
    *, pages: Collection[KeptPage], by: AbstractBaseUser, at: datetime
) -> list[Verification]:
    """Notes that somebody has looked at each of the pages, and that it is true.

    Once a day is enough: what she has said of a page on the same day isn't noted again. Raises
    `PermissionDenied`, and notes nothing, where one of them isn't hers to keep.
    """
    keepers = keepers_of(pages, on_day(at))
    if not all(may_keep(by, page, keepers[page.pk].person) for page in pages):
        raise PermissionDenied
    said = last_verifications([page.pk for page in pages])
    return [
        verify(page, by, at)
        for page in pages
        if page.pk not in said or not is_same(said[page.pk], by, at)
    ]


def is_same(said: Verification, by: AbstractBaseUser, at: datetime) -> bool:
    return said.by_id == by.pk and day_of(said.at) == day_of(at)


def verify(page: KeptPage, by: AbstractBaseUser, at: datetime) -> Verification:
    log(page, "knowledge.still_true", user=by)
    verification: Verification = Verification.objects.create(page=page, by_id=by.pk, at=at)
    return verification


@transaction.atomic
def reassign_pages(
    *, pages: Collection[KeptPage], owner: AbstractBaseUser, by: AbstractBaseUser
) -> None:
    """Gives pages to another owner, at once and in all their drafts.

    Wagtail keeps the owner out of drafts: it is the row's, whichever version is published. Raises
    `PermissionDenied`, and gives away none, where one of them isn't hers to publish.
    """
    if not all(page.permissions_for_user(by).can_publish() for page in pages):
        raise PermissionDenied
    for page in pages:
        if page.owner_id != owner.pk:
            told = {"before": str(page.owner or ""), "after": str(owner)}
            Page.objects.filter(pk=page.pk).update(owner_id=owner.pk)
            log(page, "knowledge.reassign", user=by, data=told)
