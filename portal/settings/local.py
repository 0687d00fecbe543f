"""One machine, one person trying things: SQLite, mail on the console, the demo's sign-ins."""

import os

from portal.settings.base import *  # noqa: F403  (a settings module is a layer on its base)
from portal.settings.base import VAR_DIR
from portal.settings.secret_key import kept_secret_key

IS_LOCAL = True
DEBUG = os.environ.get("DEBUG") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = []
