from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from knowledge.actions import note_miss
from knowledge.reports import today
from knowledge.search import example_queries, search_pages, tidied

SECONDS_OF_ONE_SEARCH = 60
# More than anybody looks for in vain, and too few for a script to bury what others looked for.
MOST_MISSES_AN_HOUR = 60
SECONDS_AN_HOUR = 3600


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = tidied(request.GET.get("q", ""))
    result = search_pages(query, on=today()) if query else None
    if result and not result.count and is_asked_anew(request, query) and has_room(request):
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
    key = key_of(f"{request.session.session_key} {query.casefold()}")
    is_new: bool = cache.add(key, value=True, timeout=SECONDS_OF_ONE_SEARCH)
    return is_new


def has_room(request: HttpRequest) -> bool:
    """Whether this person's searches of this hour are still counted."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    key = key_of(f"{request.user.pk} {hour.isoformat()}")
    before: int = cache.get(key, 0)
    cache.set(key, before + 1, timeout=SECONDS_AN_HOUR)
    return before < MOST_MISSES_AN_HOUR


def key_of(asked: str) -> str:
    digest = salted_hmac("knowledge.search", asked, algorithm="sha256").hexdigest()
    return f"search-{digest}"
