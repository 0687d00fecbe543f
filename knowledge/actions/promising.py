"""A promise becomes another promise: noted when it goes out, and made so where it can't be kept."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from knowledge.models import Claim, PromisePage, PromiseVersion
from knowledge.reports import current_promise_version, terms_of
from knowledge.terms import ClaimTerms, is_the_same_promise


class UnpublishedChangesError(Exception):
    """Somebody is writing at this promise: what waits in its draft would go out along with it."""


class ChangedMeanwhileError(Exception):
    """The promise isn't any longer what was looked at."""


class NothingChangesError(Exception):
    """The promise says this already."""


@transaction.atomic
def record_promise_version(
    *, promise: PromisePage, at: datetime, author_id: int | None = None, reason: str = ""
) -> PromiseVersion | None:
    """Notes what is promised from now on; nothing where that is what was promised before."""
    PromisePage.objects.select_for_update(of=("self",)).get(pk=promise.pk)
    last = current_promise_version(promise)
    if last and is_the_same_promise(last.terms, terms_of(promise)):
        return None
    number = last.number + 1 if last else 1
    return store_version(promise, number, at=at, author_id=author_id, reason=reason)


def store_version(
    promise: PromisePage, number: int, *, at: datetime, author_id: int | None, reason: str = ""
) -> PromiseVersion:
    terms = terms_of(promise)
    version: PromiseVersion = PromiseVersion.objects.create(
        promise_id=promise.pk,
        number=number,
        sentence=terms.sentence,
        claims=[claim.as_json for claim in terms.claims],
        reason=reason,
        author_id=author_id,
        at=at,
    )
    return version


@transaction.atomic
def lower_claim(
    *,
    promise: PromisePage,
    terms: ClaimTerms,
    reason: str,
    by: AbstractBaseUser,
    at: datetime,
    expectation: str | None = None,
    sentence: str = "",
    seen: int | None = None,
) -> PromiseVersion:
    """Lets the claim with the key of these terms say them from now on, and publishes the promise.

    `expectation` is what a customer will now expect, `sentence` what customers hear; left out, they
    stay. `seen` is the number of the version that was looked at. Raises `PermissionDenied`,
    `UnpublishedChangesError`, `ChangedMeanwhileError` and `NothingChangesError`.
    """
    page = PromisePage.objects.select_for_update(of=("self",)).get(pk=promise.pk)
    refuse_lowering(page, by)
    before = current_promise_version(page) or store_version(page, 1, at=at, author_id=None)
    if seen is not None and seen != before.number:
        raise ChangedMeanwhileError
    draft = page.get_latest_revision_as_object()
    draft.sentence = sentence or draft.sentence
    restate(draft, terms, expectation)
    revision = draft.save_revision(user=by, log_action=True, clean=False)
    # Noted before it goes out: what is noted by going out itself knows no reason.
    version = record_promise_version(promise=draft, at=at, author_id=by.pk, reason=reason)
    if version is None:
        raise NothingChangesError
    revision.publish(user=by)
    return version


def refuse_lowering(page: PromisePage, by: AbstractBaseUser) -> None:
    may = page.permissions_for_user(by)
    if not may.can_publish() or may.page_locked():
        raise PermissionDenied
    if page.has_unpublished_changes or not page.live:
        raise UnpublishedChangesError


def restate(draft: PromisePage, terms: ClaimTerms, expectation: str | None) -> None:
    claims: list[Claim] = list(draft.claims.all())
    claim = next((each for each in claims if each.key == terms.key), None)
    if claim is None:
        raise ChangedMeanwhileError
    for name in ("comparator", "target", "unit", "measure", "statistic", "condition"):
        setattr(claim, name, getattr(terms, name))
    if expectation is not None:
        claim.expectation = expectation
    draft.claims = claims
