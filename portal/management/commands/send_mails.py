from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.actions.mailing import send_waiting
from portal.actions.planning import plan_mails


class Command(BaseCommand):
    help = "Mails people what is due, and what they must know at once. Run it by the clock."

    def handle(self, *args: Any, **options: Any) -> None:
        planned = plan_mails(timezone.now())
        run = send_waiting()
        self.stdout.write(
            f"Mails planned: {planned}, sent: {run.sent}, no longer needed: {run.dropped}, "
            f"refused: {run.refused}, to be tried again: {run.waiting}"
        )
        if run.is_away:
            self.stderr.write(
                "The mail server can't be reached. What waits is sent by a later run."
            )
