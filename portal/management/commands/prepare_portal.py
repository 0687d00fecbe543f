from typing import Any

from django.core.management.base import BaseCommand

from portal.actions import prepare_portal


class Command(BaseCommand):
    help = "Makes the pages, groups and permissions that every portal needs. Run it after migrate."

    def handle(self, *args: Any, **options: Any) -> None:
        for line in prepare_portal() or ["The portal is prepared: nothing to do."]:
            self.stdout.write(line)
