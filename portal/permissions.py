from django.contrib.auth.models import AnonymousUser

from portal.models import User
from portal.navigation import Roles

NOBODY = Roles(is_head=False, is_marketer=False)


def roles_of(user: User | AnonymousUser) -> Roles:
    """What a person's navigation shows. Costs no query for somebody who signed in."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    if not hasattr(user, "is_editor"):
        user = User.objects.with_roles().get(pk=user.pk)
    return Roles(is_head=user.is_head, is_marketer=user.is_superuser or user.is_editor)
