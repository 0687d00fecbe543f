from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.views import serve as wagtail_serve

from knowledge.actions import finish_lesson
from knowledge.models import (
    BriefIndexPage,
    BriefPage,
    Claim,
    Fact,
    KnowledgePage,
    LearnIndexPage,
    LessonPage,
    ModulePage,
    PromiseIndexPage,
    PromisePage,
)
from knowledge.models.languages import in_readers_words, worded_children
from knowledge.permissions import admits
from knowledge.reports import brief_address, module_address, module_progress

type Related = str | models.Prefetch[Any]


def served(
    request: HttpRequest, model: type[KnowledgePage], address: str, *related: Related
) -> HttpResponse:
    """Answers with the page at an address below the content tree's root, in the reader's words.

    `related` are foreign keys and parts that it shows. What is not open to everybody who is signed
    in (restricted, moved, redirected) is Wagtail's.
    """
    page = page_at(model, address, *related)
    response: HttpResponse = page.serve(request) if page else served_by_wagtail(request, address)
    return response


def served_by_wagtail(request: HttpRequest, address: str) -> HttpResponse:
    """Looked for among the source's pages, whatever language is read in: addresses are theirs."""
    with translation.override(settings.LANGUAGE_CODE):
        response: HttpResponse = wagtail_serve(request, address)
    return response


def page_at(model: type[KnowledgePage], address: str, *related: Related) -> KnowledgePage | None:
    """One query, one more for its parts, and one for each of these that is translated."""
    slug = address.rstrip("/").rpartition("/")[2]
    pages = model.objects.open_to_colleagues().in_readers_words()
    if names := [name for name in related if isinstance(name, str)]:
        pages = pages.select_related(*names)
    pages = pages.prefetch_related(*(parts for parts in related if parts not in names))
    page: KnowledgePage | None = pages.filter(slug=slug, url_path__endswith=f"/{address}").first()
    return page


@require_safe
def brief_index(request: HttpRequest) -> HttpResponse:
    return served(request, BriefIndexPage, "briefs/")


@require_safe
def brief_detail(request: HttpRequest, brief: str) -> HttpResponse:
    parts = worded_children("facts", Fact)
    along = ("owner", "sponsor", "carer", "product")
    address = f"briefs/{brief}/"
    if page := page_at(BriefPage, address, *along, parts):
        response: HttpResponse = page.serve(request)
        return response
    if newer := replacement_of_withdrawn(request, brief):
        messages.info(request, _("The brief you looked for was replaced by this one."))
        return redirect(brief_address(newer))
    return served_by_wagtail(request, address)


def replacement_of_withdrawn(request: HttpRequest, slug: str) -> BriefPage | None:
    """The open brief that stands for one which whoever asks could read once."""
    rows = BriefPage.objects.in_source_language().filter(
        slug=slug, live=False, first_published_at__isnull=False
    )
    withdrawn = [page for page in rows if admits(request, page.get_view_restrictions())]
    named = {page.replaced_by_id for page in withdrawn}
    newer: BriefPage | None = BriefPage.objects.open_to_colleagues().filter(pk__in=named).first()
    return newer


@require_safe
def promise_index(request: HttpRequest) -> HttpResponse:
    return served(request, PromiseIndexPage, "promises/")


@require_safe
def promise_detail(request: HttpRequest, promise: str) -> HttpResponse:
    parts = worded_children("claims", Claim)
    return served(request, PromisePage, f"promises/{promise}/", "owner", "sponsor", parts)


@require_safe
def learn_index(request: HttpRequest) -> HttpResponse:
    return served(request, LearnIndexPage, "learn/")


@require_safe
def module_detail(request: HttpRequest, module: str) -> HttpResponse:
    return served(request, ModulePage, f"learn/{module}/", "brief")


@require_safe
def lesson_detail(request: HttpRequest, module: str, lesson: str) -> HttpResponse:
    page = lesson_at(module, lesson)
    modules = ModulePage.objects.in_source_language().live()
    if page is None and not modules.filter(slug=module).exists():
        raise Http404
    response: HttpResponse = (
        page.serve(request) if page else served_by_wagtail(request, f"learn/{module}/{lesson}/")
    )
    return response


def lesson_at(module: str, lesson: str) -> LessonPage | None:
    """A lesson that is open. One stays published when its module is taken back, yet nobody's."""
    page = page_at(LessonPage, f"learn/{module}/{lesson}/")
    if not isinstance(page, LessonPage) or not page.module.live:
        return None
    in_readers_words([page.module])
    return page


@require_POST
def lesson_finish(request: HttpRequest, module: str, lesson: str) -> HttpResponse:
    page = lesson_at(module, lesson)
    if page is None or not request.user.is_authenticated:
        raise Http404
    finish_lesson(person=request.user, lesson=page, at=timezone.now())
    progress = module_progress(page.module, request.user)
    following = progress.step_after(page) or progress.next_step
    return redirect(following.url if following else f"{module_address(page.module)}quiz/")
