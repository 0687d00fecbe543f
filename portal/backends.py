from datetime import date
from functools import lru_cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from portal.models import User
from portal.models.people import UserQuerySet


class PortalBackend(AuthenticationBackend):
    """Loads the signed-in person together with what the navigation asks of her: one query."""

    def get_user(self, user_id: Any) -> User | None:
        people = with_roles_on(timezone.localdate())
        user: User | None = people.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: User) -> bool:
        """Leavers are out at their next click; who never was in a department may come in."""
        return bool(super().user_can_authenticate(user)) and not user.has_gone()


@lru_cache(maxsize=1)
def with_roles_on(_day: date) -> UserQuerySet:
    """Never read itself. It is the same for everybody, and building it for each request would take
    longer than asking it.
    """
    people: UserQuerySet = User.objects.with_roles()
    return people
