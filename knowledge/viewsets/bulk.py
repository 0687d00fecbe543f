"""What is refused where pages are acted on, one or many at once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from knowledge.models import BriefPage, PromisePage
from knowledge.models.pages import FramePage
from knowledge.permissions import Blocker, page_blockers
from knowledge.publishing import obstacles_to
from knowledge.reports import plan_url
from knowledge.viewsets.briefs import is_complete


def refuse_deletion(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    for page in pages:
        if isinstance(page.specific, FramePage):
            messages.error(request, frame_message(page))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    blockers = list(dict.fromkeys(page_blockers(pages, request.user)))
    if not blockers:
        return None
    messages.error(request, blocked_message(pages, blockers), buttons=buttons_to(blockers))
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def refuse_unpublishing(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    frame = next((page for page in pages if isinstance(page.specific, FramePage)), None)
    if frame is None:
        return None
    messages.error(request, frame_message(frame))
    return redirect("wagtailadmin_explore", frame.pk)


def refuse_unfinished(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    unfinished = [to_edit(page) for page in pages if not is_complete(page)]
    if not unfinished:
        return None
    words = _("Something is missing. Open these and publish them from there, to see what:")
    messages.error(request, words, buttons=buttons_to(unfinished))
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def refuse_held(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    """What may not go out as it is drafted, also below, where that is to go out too."""
    with_those_below = "include_descendants" in request.POST
    asked = Page.objects.filter(pk__in=[page.pk for page in pages])
    for page in pages if with_those_below else ():
        asked |= page.get_descendants().not_live()
    held = [brief for brief in asked.type(BriefPage).specific() if is_held(brief)]
    to_settle = [Blocker(brief.get_admin_display_title(), plan_url(brief.pk)) for brief in held]
    to_settle += map(to_edit, filter(lacks_sponsor, asked.type(PromisePage).specific()))
    if not to_settle:
        return None
    words = _("These stay drafts: something has to be settled first. Open each to see what.")
    messages.error(request, words, buttons=buttons_to(to_settle))
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def to_edit(page: Page) -> Blocker:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Blocker(page.get_admin_display_title(), url)


def lacks_sponsor(promise: PromisePage) -> bool:
    """The editor's form says so at the field; in a list there is none."""
    draft: PromisePage = promise.get_latest_revision_as_object()
    return draft.sponsor_id is None


def is_held(brief: BriefPage) -> bool:
    """Whoever ticks a draft in a list hasn't seen it: so she vouches for nobody's change."""
    revision = brief.get_latest_revision()
    return bool(revision and obstacles_to(revision.as_object()))


def refuse_publishing(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    return refuse_unfinished(request, pages) or refuse_held(request, pages)


BULK_CHECKS: dict[str, Callable[[HttpRequest, Sequence[Page]], HttpResponse | None]] = {
    "delete": refuse_deletion,
    "unpublish": refuse_unpublishing,
    "publish": refuse_publishing,
}


def buttons_to(blockers: Iterable[Blocker]) -> list[Any]:
    return [messages.button(blocker.url, blocker.label) for blocker in blockers if blocker.url]


def frame_message(page: Page) -> str:
    return _("The portal needs “%(title)s”: it stays where it is.") % {"title": page.title}


def blocked_message(pages: Sequence[Page], blockers: Iterable[Blocker]) -> str:
    words = _(
        "%(titles)s can't be deleted, because this rests on it: %(blockers)s. "
        "Change that first, or unpublish instead of deleting."
    )
    titles = ", ".join(f"“{page.get_admin_display_title()}”" for page in pages)
    return words % {"titles": titles, "blockers": "; ".join(blocker.label for blocker in blockers)}
