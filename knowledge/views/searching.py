from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from knowledge.actions import note_miss
from knowledge.reports import today
from knowledge.search import example_queries, search_pages, tidied

SECONDS_OF_ONE_SEARCH = 60


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = tidied(request.GET.get("q", ""))
    result = search_pages(query, on=today()) if query else None
    if result and not result.count and is_asked_anew(request, query):
        note_miss(query, on=today())
    context = {
        "query": query,
        "result": result,
        "examples": [] if query else example_queries(on=today()),
    }
    return render(request, "knowledge/search.html", context)


def is_asked_anew(request: HttpRequest, query: str) -> bool:
    """Whether a person asks, and not for the second time in a minute, as who reloads a page does.

    Which session asked for what is kept for that minute only, and can't be read back.
    """
    if request.method != "GET" or not request.user.is_authenticated:
        return False
    asked = f"{request.session.session_key} {query.casefold()}"
    digest = salted_hmac("knowledge.search", asked, algorithm="sha256").hexdigest()
    key = f"search-{digest}"
    is_new: bool = cache.add(key, value=True, timeout=SECONDS_OF_ONE_SEARCH)
    return is_new
