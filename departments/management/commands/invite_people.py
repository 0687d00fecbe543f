from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from departments.actions.inviting import invitable, invite_people


class Command(BaseCommand):
    help = "Mails everybody who has no password yet a link to choose one; nobody gets it twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("emails", nargs="*", metavar="EMAIL", help="without: all of them")
        parser.add_argument(
            "--again", action="store_true", help="also those who were invited before"
        )
        parser.add_argument("--dry-run", action="store_true", help="count them, and send nothing")

    def handle(
        self, *_args: Any, emails: list[str], again: bool, dry_run: bool, **_options: Any
    ) -> None:
        people = _named(emails) if emails else None
        if dry_run:
            asked = invitable(again=again)
            count = (asked if people is None else asked.filter(pk__in=people)).count()
            self.stdout.write(_("%(count)s would be invited.") % {"count": count})
            return
        told = invite_people(people, again=again)
        self.stdout.write(
            _("%(sent)s invited, %(refused)s refused by the mail server, %(waiting)s waiting.")
            % {"sent": told.sent, "refused": told.refused, "waiting": told.waiting}
        )
        if told.waiting:
            self.stderr.write(_("The mail server was away, or another run is at it. Run it again."))
            raise SystemExit(1)


def _named(emails: list[str]) -> list[int]:
    wanted = {email.lower() for email in emails}
    found = get_user_model().objects.filter(email__in=wanted)
    known = dict(found.values_list("email", "pk"))
    if missing := sorted(wanted - known.keys()):
        told = _("Nobody here has these addresses: %(emails)s.")
        raise CommandError(told % {"emails": ", ".join(missing)})
    return list(known.values())
