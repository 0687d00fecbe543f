from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from knowledge.importers.runs import sweep
from portal.actions import prepare_portal


class Command(BaseCommand):
    help = "Makes what every portal needs, and clears away old files. Run it after migrate."

    def handle(self, *args: Any, **options: Any) -> None:
        sweep(timezone.now())
        for line in prepare_portal() or ["The portal is prepared: nothing to do."]:
            self.stdout.write(line)
