from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from portal.models import User


class PortalBackend(AuthenticationBackend):
    """Loads the signed-in person together with what the navigation asks of her: one query."""

    def get_user(self, user_id: Any) -> User | None:
        user: User | None = User.objects.with_roles().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: User) -> bool:
        """Leavers are out at their next click; who never was in a department may come in."""
        return bool(super().user_can_authenticate(user)) and not user.has_gone()
