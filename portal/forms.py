from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Signing in, with messages that say what to write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        work_email = _("Enter your work e-mail, like name@company.com")
        self.fields["login"].label = _("Work e-mail")
        self.fields["login"].error_messages.update(required=work_email, invalid=work_email)
        self.fields["password"].error_messages["required"] = _("Enter your password")
