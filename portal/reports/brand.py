"""The organisation's brand, as the frame of every page shows it."""

from dataclasses import dataclass

from django.core.cache import cache
from django.core.files import File
from django.urls import reverse
from wagtail.images.models import SourceImageIOError

from portal.branding import accent_tokens, custom_properties
from portal.models import BrandSettings

BRAND_CACHE_KEY = "portal.brand"
BRAND_CACHE_SECONDS = 3600
LOGO_FILTER = "max-480x96"


@dataclass(frozen=True, slots=True)
class Brand:
    """The organisation's name, logo and colour, ready for the frame of every page."""

    name: str
    short_name: str
    css: str
    logo_light_url: str | None = None
    logo_dark_url: str | None = None


def current_brand() -> Brand:
    """Cached until the settings are saved, so that a page asks no query for it."""
    cached: Brand | None = cache.get(BRAND_CACHE_KEY)
    if cached is None:
        cached = _brand()
        cache.set(BRAND_CACHE_KEY, cached, BRAND_CACHE_SECONDS)
    return cached


def _brand() -> Brand:
    settings = brand_settings()
    has_logo = settings.logo_id is not None
    return Brand(
        name=settings.name,
        short_name=settings.short_name or settings.name,
        css=custom_properties(accent_tokens(settings.accent)),
        logo_light_url=reverse("portal:logo", args=["light"]) if has_logo else None,
        logo_dark_url=reverse("portal:logo", args=["dark"]) if has_logo else None,
    )


def brand_settings() -> BrandSettings:
    stored = BrandSettings.objects.filter(site__is_default_site=True)
    return stored.select_related("logo", "logo_dark").first() or BrandSettings()


def logo_file(theme: str) -> "File[bytes] | None":
    """The logo in its size for the frame, opened; none too where its file is not on the disk."""
    settings = brand_settings()
    image = (settings.logo_dark if theme == "dark" else None) or settings.logo
    try:
        file: File[bytes] | None = image.get_rendition(LOGO_FILTER).file.open() if image else None
    except (SourceImageIOError, FileNotFoundError):
        return None
    return file
