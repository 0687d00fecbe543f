"""Asks the application for pages as a server would: through WSGI and the whole middleware."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from portal.models import User

CSRF_SECRET = "b" * 32

type Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    location: str
    body: bytes


class UnexpectedReplyError(Exception):
    """The page that was measured isn't the page that was meant."""


@dataclass(frozen=True)
class Visitor:
    """One signed-in person and the application she talks to."""

    application: Application
    session_key: str

    def get(self, path: str) -> Reply:
        return self.ask("GET", path, b"")

    def post(self, path: str, fields: Mapping[str, Any]) -> Reply:
        form = {**fields, "csrfmiddlewaretoken": CSRF_SECRET}
        return self.ask("POST", path, urlencode(form, doseq=True).encode())

    def drain(self, path: str) -> int:
        """How many lines are sent, of which none is kept."""
        response = self.application(self._environ("GET", path, b""), lambda *_started: None)
        sent = sum(piece.count(b"\n") for piece in response)
        response.close()  # type: ignore[attr-defined]  # Django's responses are closed by the server
        return sent

    def ask(self, method: str, path: str, body: bytes) -> Reply:
        return self._answered(self._environ(method, path, body))

    def _environ(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={self.session_key}; "
            f"{settings.CSRF_COOKIE_NAME}={CSRF_SECRET}",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
        }
        setup_testing_defaults(environ)
        return environ

    def _answered(self, environ: dict[str, Any]) -> Reply:
        started: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], *_rest: Any) -> None:
            started.update(status=int(status.split(maxsplit=1)[0]), headers=dict(headers))

        response = self.application(environ, start_response)
        body = b"".join(response)
        response.close()  # type: ignore[attr-defined]  # Django's responses are closed by the server
        reply = Reply(started["status"], started["headers"].get("Location", ""), body)
        if reply.status not in {200, 302}:
            message = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}: {reply.status}"
            raise UnexpectedReplyError(message)
        return reply


def signed_in(person: User) -> str:
    """The key of a new session, as signing in would leave it."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    assert store.session_key
    return store.session_key
