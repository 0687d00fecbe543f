from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from portal.models import User


class PortalBackend(AuthenticationBackend):
    """Loads the signed-in person together with what the navigation asks of her: one query."""

    def get_user(self, user_id: Any) -> User | None:
        user: User | None = User.objects.with_roles().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
