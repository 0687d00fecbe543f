from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from wagtail.views import serve as wagtail_serve

from knowledge.actions import finish_lesson
from knowledge.models import (
    BriefIndexPage,
    BriefPage,
    KnowledgePage,
    LearnIndexPage,
    LessonPage,
    ModulePage,
    PromiseIndexPage,
    PromisePage,
)
from knowledge.reports import module_address, module_progress, today
from knowledge.search import example_queries, search_pages, tidied


def served(
    request: HttpRequest, model: type[KnowledgePage], address: str, *related: str
) -> HttpResponse:
    """Answers with the page at an address below the content tree's root, found in one query.

    `related` are foreign keys that it shows. What is not open to everybody who is signed in
    (restricted, moved, redirected) is Wagtail's.
    """
    page = page_at(model, address, *related)
    response: HttpResponse = page.serve(request) if page else wagtail_serve(request, address)
    return response


def page_at(model: type[KnowledgePage], address: str, *related: str) -> KnowledgePage | None:
    slug = address.rstrip("/").rpartition("/")[2]
    pages = model.objects.open_to_colleagues()
    if related:
        pages = pages.select_related(*related)
    page: KnowledgePage | None = pages.filter(slug=slug, url_path__endswith=f"/{address}").first()
    return page


@require_safe
def brief_index(request: HttpRequest) -> HttpResponse:
    return served(request, BriefIndexPage, "briefs/")


@require_safe
def brief_detail(request: HttpRequest, brief: str) -> HttpResponse:
    return served(request, BriefPage, f"briefs/{brief}/", "owner", "sponsor")


@require_safe
def promise_index(request: HttpRequest) -> HttpResponse:
    return served(request, PromiseIndexPage, "promises/")


@require_safe
def promise_detail(request: HttpRequest, promise: str) -> HttpResponse:
    return served(request, PromisePage, f"promises/{promise}/", "owner", "sponsor")


@require_safe
def learn_index(request: HttpRequest) -> HttpResponse:
    return served(request, LearnIndexPage, "learn/")


@require_safe
def module_detail(request: HttpRequest, module: str) -> HttpResponse:
    return served(request, ModulePage, f"learn/{module}/", "brief")


@require_safe
def lesson_detail(request: HttpRequest, module: str, lesson: str) -> HttpResponse:
    page = lesson_at(module, lesson)
    if page is None and not ModulePage.objects.live().filter(slug=module).exists():
        raise Http404
    response: HttpResponse = (
        page.serve(request) if page else wagtail_serve(request, f"learn/{module}/{lesson}/")
    )
    return response


def lesson_at(module: str, lesson: str) -> LessonPage | None:
    """A lesson that is open. One stays published when its module is taken back, yet nobody's."""
    page = page_at(LessonPage, f"learn/{module}/{lesson}/")
    return page if isinstance(page, LessonPage) and page.module.live else None


@require_POST
def lesson_finish(request: HttpRequest, module: str, lesson: str) -> HttpResponse:
    page = lesson_at(module, lesson)
    if page is None or not request.user.is_authenticated:
        raise Http404
    finish_lesson(person=request.user, lesson=page, at=timezone.now())
    progress = module_progress(page.module, request.user)
    following = progress.step_after(page) or progress.next_step
    return redirect(following.url if following else f"{module_address(page.module)}quiz/")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = tidied(request.GET.get("q", ""))
    context = {
        "query": query,
        "result": search_pages(query, on=today()) if query else None,
        "examples": [] if query else example_queries(on=today()),
    }
    return render(request, "knowledge/search.html", context)
