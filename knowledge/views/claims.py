"""A claim that isn't kept can be lowered: written, looked at, published, in three steps.

Each step is a form that carries what was written, so that it works without JavaScript; only the
last writes. Whoever may not publish the promise learns nothing of it.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.actions import (
    ChangedMeanwhileError,
    NothingChangesError,
    UnpublishedChangesError,
)
from knowledge.forms import LowerClaimForm
from knowledge.keys import key_in
from knowledge.models import BriefPage, Claim, PromisePage
from knowledge.permissions import may_publish
from knowledge.reports import current_promise_version, promise_address, promise_versions
from knowledge.views.reaching import colleague


@dataclass(frozen=True, slots=True)
class Bench:
    """Who changes which claim of which promise, and the version that is looked at."""

    person: AbstractBaseUser
    promise: PromisePage
    claim: Claim
    version: int
    # Why it can't be changed just now; nothing where it can.
    in_the_way: str


def bench_or_404(request: HttpRequest, slug: str, key: str) -> Bench:
    person = colleague(request)
    # In the organisation's words, never in the reader's: what is shown here is published.
    page = get_object_or_404(PromisePage.objects.open_to_colleagues(), slug=slug)
    claim = get_object_or_404(Claim, promise=page, key=key)
    if not may_publish(person, page):
        raise Http404
    current = current_promise_version(page)
    return Bench(person, page, claim, current.number if current else 1, in_the_way(person, page))


def in_the_way(person: AbstractBaseUser, page: PromisePage) -> str:
    if page.has_unpublished_changes:
        return _(
            "Somebody is writing at this promise: its draft holds changes that aren’t published. "
            "Publish or discard them first, so that they don’t go out along with yours."
        )
    if page.permissions_for_user(person).page_locked():
        return _("This promise is locked in the editor. Ask whoever locked it to unlock it first.")
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
def claim_lower(request: HttpRequest, promise: str, claim: str) -> HttpResponse:
    bench = bench_or_404(request, promise, claim)
    step = request.POST.get("step", "")
    form = LowerClaimForm(
        request.POST if step and not bench.in_the_way else None,
        promise=bench.promise,
        claim=bench.claim,
    )
    if step == "back" or not form.is_valid():
        return shown(request, "knowledge/lowering/form.html", bench, form)
    if step == "confirm" and (done := carry_out(request, bench, form)):
        return done
    return shown(request, "knowledge/lowering/preview.html", bench, form)


def shown(request: HttpRequest, template: str, bench: Bench, form: LowerClaimForm) -> HttpResponse:
    is_stale = request.POST.get("step") == "confirm"
    return render(request, template, {"bench": bench, "form": form, "is_stale": is_stale})


def carry_out(request: HttpRequest, bench: Bench, form: LowerClaimForm) -> HttpResponse | None:
    """Nothing where it isn't any longer what was seen: whoever asked looks again, then decides."""
    seen = key_in(request.POST.get("seen", "")) or 0
    try:
        form.lower(by=bench.person, at=timezone.now(), seen=seen)
    except (ChangedMeanwhileError, NothingChangesError, UnpublishedChangesError):
        return None
    return redirect("knowledge:claim-lowered", bench.promise.slug, bench.claim.key)


@require_safe
def claim_lowered(request: HttpRequest, promise: str, claim: str) -> HttpResponse:
    """What has changed, and what is still taught as it was."""
    bench = bench_or_404(request, promise, claim)
    newest = next(iter(promise_versions(bench.promise)), None)
    if newest is None or not newest.changes:
        return redirect(promise_address(bench.promise))
    briefs = BriefPage.objects.open_to_colleagues().filter(promises=bench.promise)
    context = {"bench": bench, "newest": newest, "briefs": list(briefs.order_by("title"))}
    return render(request, "knowledge/lowering/done.html", context)
