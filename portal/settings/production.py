"""A real installation behind HTTPS. `make manage ARGS="check --deploy"` is clean under it."""

import os

from portal.settings.base import *  # noqa: F403  (a settings module is a layer on its base)

SECRET_KEY = os.environ["SECRET_KEY"]

# The editor shows its previews in a frame of the same origin.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

# How many proxies stand before the portal: else all staff would share one address's sign-in limit.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PROXY_COUNT", "1"))

SECURE_SSL_REDIRECT = os.environ.get("SECURE_SSL_REDIRECT", "1") == "1"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
