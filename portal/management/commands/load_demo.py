from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.demo.loading import is_loaded, load_demo
from portal.models import User


class Command(BaseCommand):
    help = "Loads Wrenfield Broadband, the demo company, once. Local settings only."

    def handle(self, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError(_("The demo's sign-ins have a published password: local only."))
        if is_loaded():
            self.stdout.write(_("The demo is there already: everything is kept."))
            return
        if User.objects.exists():
            self.stdout.write(_("There are people here already: the demo is left out."))
            return
        load_demo(at=timezone.now())
        self.stdout.write(_("The demo company is loaded."))
