from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.fonts import build_fonts


class Command(BaseCommand):
    help = "Makes the web fonts from the font packages. Run it before collectstatic."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        made = build_fonts(settings.ASSETS_DIR / "portal" / "fonts")
        size = sum(font.stat().st_size for font in made) // 1024
        self.stdout.write(
            f"Made {len(made)} web fonts, {size} KB." if made else "The web fonts are up to date."
        )
