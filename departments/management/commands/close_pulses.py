from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from departments.actions.pulse import close_pulses


class Command(BaseCommand):
    help = "Puts together the answers to questions whose month is over; to be run every night."

    def handle(self, *_args: Any, **options: Any) -> None:
        closed = close_pulses(at=timezone.now())
        for pulse in closed:
            self.stdout.write(_("Put together: %(pulse)s.") % {"pulse": pulse})
        if not closed:
            self.stdout.write(_("No question is waiting to be closed."))
