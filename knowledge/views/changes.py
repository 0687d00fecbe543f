from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.models import BriefPage
from knowledge.reports import (
    brief_address,
    changes_address,
    compare_versions,
    versions_of,
)
from knowledge.views.pages import page_at


@require_safe
def brief_changes(request: HttpRequest, brief: str, since: int, version: int) -> HttpResponse:
    """What changed between two versions; where one isn't there, the whole brief instead."""
    page = open_brief(brief)
    if since > version:
        return redirect(changes_address(page, version, since))
    comparison = compare_versions(page, since, version)
    if comparison is None:
        messages.info(request, _("That version isn’t here. This is the brief as it is now."))
        return redirect(brief_address(page))
    context = {"page": page, "comparison": comparison}
    return render(request, "knowledge/brief_changes.html", context)


@require_safe
def brief_newest_change(request: HttpRequest, brief: str) -> HttpResponse:
    page = open_brief(brief)
    newest = next(iter(versions_of(page)), None)
    if newest is None or newest.since is None:
        messages.info(request, _("Nothing has changed since this brief was first published."))
        return redirect(brief_address(page))
    return redirect(changes_address(page, newest.since, newest.number))


def open_brief(slug: str) -> BriefPage:
    page = page_at(BriefPage, f"briefs/{slug}/")
    if not isinstance(page, BriefPage):
        raise Http404
    return page
