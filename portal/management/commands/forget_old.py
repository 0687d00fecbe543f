from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.actions.privacy import forget_old


class Command(BaseCommand):
    help = "Deletes old answers, and the names of those who left long ago. Run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        sittings, leavers = forget_old(timezone.now())
        self.stdout.write(f"Sittings deleted: {sittings}; leavers who lost their names: {leavers}")
