"""Mail by one address: `console:`, `file:/folder`, `smtp://name:password@host:587?tls=1`, `smtps://`."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def mailer_from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file":
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"BACKEND": backend, "OPTIONS": {"file_path": unquote(parts.path)}}
    if parts.scheme not in {"smtp", "smtps"}:
        message = (
            f"MAIL_URL must begin with console:, file:, smtp:// or smtps://, not {parts.scheme}:"
        )
        raise ValueError(message)
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname or "localhost",
            "port": parts.port or (465 if parts.scheme == "smtps" else 25),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parse_qs(parts.query).get("tls") == ["1"],
            "timeout": 20,
        },
    }
