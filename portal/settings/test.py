"""The test suite: as local, but quick to hash and quiet, with everything in its own folder."""

from portal.settings.base import *  # noqa: F403  (a settings module is a layer on its base)
from portal.settings.base import DATABASES, VAR_DIR

IS_LOCAL = True
SECRET_KEY = "tests only"  # noqa: S105  (signs nothing outside the test run)
ALLOWED_HOSTS = ["localhost", "testserver"]
CSRF_TRUSTED_ORIGINS = []

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
(VAR_DIR / "test").mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR_DIR / "test" / "media"
CACHES = {
    alias: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": alias}
    for alias in ("default", "renditions")
}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # On file, so that --reuse-db spares Wagtail's migrations and a live server shares it.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test" / "portal.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
