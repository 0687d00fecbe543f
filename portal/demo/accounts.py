"""The named accounts that a visitor may sign in with, on a local machine only."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import User

PASSWORD = "wrenfield"  # noqa: S105  (published in the README, for the demo's accounts only)
ADMINISTRATOR = "admin@wrenfield.example"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One account to try, and whom one meets the portal as."""

    email: str
    role: str | Promise


SIGN_INS = (
    SignIn("mirren.aldersyke@wrenfield.example", _("a colleague in Customer Care")),
    SignIn("ines.callowhart@wrenfield.example", _("the head of Customer Care")),
    SignIn("amara.vellacott-iyer@wrenfield.example", _("the head of Marketing, who edits")),
    SignIn("beatriz.alderwick@wrenfield.example", _("a product manager, her second person")),
    SignIn(ADMINISTRATOR, _("the administrator")),
)


def open_sign_ins() -> None:
    """Gives the named accounts their published password. Refused where strangers could use it."""
    if not settings.IS_LOCAL:
        message = "The demo's sign-ins have a published password: local settings only."
        raise ImproperlyConfigured(message)
    User.objects.create_superuser(ADMINISTRATOR, first_name="Ada", last_name="Ministrator")
    named = User.objects.filter(email__in=[sign_in.email for sign_in in SIGN_INS])
    named.update(password=make_password(PASSWORD))
