from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.models import User


class ClosedAccountAdapter(DefaultAccountAdapter):
    """People come from the organisation's list; nobody signs up by herself."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "That e-mail and password don’t go together. Check both, or choose “I can’t sign in”."
        ),
        "too_many_login_attempts": _(
            "That was a lot of tries. Wait a few minutes, then try again."
        ),
    }

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:
        """A leaver meets the same page as somebody whose account is switched off."""
        # In memory only: allauth asks nothing but this before it lets somebody in.
        user.is_active = user.is_active and not user.has_gone()
        answer: HttpResponse | None = super().pre_login(request, user, **login)
        return answer

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  (allauth's name)
        return False
