import mimetypes

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.static import serve

from departments.reports.people import seen_of
from knowledge.actions import note_replies_seen
from portal.actions import choose_language
from portal.models import User
from portal.permissions import may_see_file, roles_of
from portal.reports import logo_file, my_page, today_page
from quizzes.days import organisation_today
from quizzes.models import QuizSettings
from quizzes.reports import worked_example

THEMES = {"light", "dark"}
COOKIE_SECONDS = 60 * 60 * 24 * 365
LOGO_SECONDS = 300
PICTURE_KINDS = {f"image/{kind}" for kind in ("avif", "gif", "jpeg", "png", "webp")}


def colleague(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    person = colleague(request)
    page = today_page(person, at=timezone.now(), roles=roles_of(person))
    hour = timezone.localtime().hour
    return render(request, "portal/today.html", {"page": page, "hour": hour})


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    person, at = colleague(request), timezone.now()
    page = my_page(person, at=at)
    if any(remark.is_news for remark in page.asked):
        note_replies_seen(person=person, at=at)
    return render(request, "portal/me.html", {"page": page})


@require_safe
def what_others_see(request: HttpRequest) -> HttpResponse:
    person, day = colleague(request), organisation_today()
    context = {"on": day, "seen": seen_of(person, on=day)}
    return render(request, "portal/what_others_see.html", context)


@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help.html", {"roles": roles_of(colleague(request))})


@require_safe
def how_dates_work(request: HttpRequest) -> HttpResponse:
    rules = QuizSettings.load()
    example = worked_example(organisation_today(), rules.rules)
    return render(request, "portal/how_dates_work.html", {"settings": rules, "example": example})


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures, for whoever may see them; never as anything that a browser would run.

    What may not be seen answers as what isn't there. Documents have Wagtail's own door, which
    asks the same (`portal.wagtail_hooks`).
    """
    if not may_see_file(request, path):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    kind = mimetypes.guess_type(path)[0]
    if kind not in PICTURE_KINDS:
        response["Content-Type"] = "application/octet-stream"
        response["Content-Disposition"] = "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
@login_not_required
def logo(_request: HttpRequest, theme: str) -> FileResponse:
    """The organisation's logo, which the sign-in page shows too."""
    file = logo_file(theme)
    if file is None:
        raise Http404
    response = FileResponse(file)
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=LOGO_SECONDS)
    return response


def way_back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page on which a form of the footer was sent."""
    target = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(target if is_ours and target.startswith("/") else "/")


@require_POST
@login_not_required
def language_switch(request: HttpRequest) -> HttpResponse:
    """Keeps the language for this person, and for this browser before she signs in.

    Anything that isn't offered is "as my browser asks".
    """
    language = request.POST.get("language", "")
    response = way_back(request)
    if isinstance(request.user, User):
        choose_language(person=request.user, language=language)
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            COOKIE_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
    return response


@require_POST
@login_not_required
def theme_switch(request: HttpRequest) -> HttpResponse:
    """Keeps light or dark for this browser; anything else is "same as my device"."""
    response = way_back(request)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            "theme", theme, COOKIE_SECONDS, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_safe
@never_cache
@login_not_required
def health(_request: HttpRequest) -> HttpResponse:
    """Whether the database answers and its migrations are applied: 200, or 503 and what isn't."""
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"database": "unreachable", "migrations": "unknown"}, status=503)
    migrations = "missing" if missing else "applied"
    status = 503 if missing else 200
    return JsonResponse({"database": "ok", "migrations": migrations}, status=status)
