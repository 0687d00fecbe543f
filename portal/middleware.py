import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.csp import CSP, build_policy
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from portal.actions.privacy import note_view
from portal.addresses import EDITOR_PATH, OPEN_PATHS
from portal.models import User
from portal.permissions import may_edit

type Next = Callable[[HttpRequest], HttpResponse]

RETRY_AFTER_SECONDS = 10
ACCOUNTS = "wagtailusers_users"
TOO_LARGE = "too large to convert to SQLite INTEGER"

logger = structlog.get_logger("portal.request")

# Three pages of Wagtail's editor carry inline scripts. A nonce would cancel 'unsafe-inline'.
EDITOR_CSP: dict[str, Any] = {
    **settings.SECURE_CSP,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    # A picture that is about to be sent is shown beside its form.
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
}


class PrivatePagesMiddleware:
    """Keeps what a signed-in person saw out of caches, and lets the editor's scripts run."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(OPEN_PATHS):
            add_never_cache_headers(response)
        if request.path.startswith(EDITOR_PATH):
            response.headers[str(CSP.HEADER_ENFORCE)] = build_policy(EDITOR_CSP)
        return response


class EditorsOnlyMiddleware:
    """Tells whoever may not edit so. Wagtail would send her to a sign-in that sends her back."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_editor_page = request.path.startswith(EDITOR_PATH)
        if is_editor_page and request.user.is_authenticated and not may_edit(request.user):
            raise PermissionDenied
        return self.get_response(request)


class NotedLooksMiddleware:
    """Notes each look of an administrator at one person's account, whichever page of the editor."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        is_account = match is not None and match.namespace == ACCOUNTS and "pk" in kwargs
        if not is_account or not isinstance(request.user, User) or not request.user.is_superuser:
            return
        for person in User.objects.filter(pk=kwargs["pk"]):
            note_view(person=person, viewer=request.user, what=_("Account"), at=timezone.now())


class BusyMiddleware:
    """Asks for patience where the database can't be reached, or is held by a long import.

    Nothing was written, so the same request may simply be sent again.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            # Looked up by the next middleware, this would escape `process_exception`.
            _person = request.user.is_authenticated
        except OperationalError as error:
            return self.ask_for_patience(request, error)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return (
            self.ask_for_patience(request, error) if isinstance(error, OperationalError) else None
        )

    def ask_for_patience(self, request: HttpRequest, error: Exception) -> HttpResponse:
        logger.error("database busy", path=request.path, reason=str(error))
        return HttpResponse(
            render_to_string("503.html"),
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            headers={"Retry-After": RETRY_AFTER_SECONDS, "Cache-Control": "no-store"},
        )


class NoSuchRowMiddleware:
    """Answers a number that no row can have as one that no row has: SQLite would break off."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        is_too_large = isinstance(error, OverflowError) and TOO_LARGE in str(error)
        return page_not_found(request, error) if is_too_large else None


class LanguageMiddleware:
    """Speaks the language that a person chose; before that, the one that her browser asks for."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "")
        if chosen and chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class RequestLogMiddleware:
    """One structured line a request: the route, as an address can hold a key to set a password."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        logger.info(
            "request",
            method=request.method,
            route=request.resolver_match.route if request.resolver_match else "-",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
        )
        return response
