from django.contrib.auth.models import AnonymousUser

from portal.models import User
from portal.navigation import Roles

NOBODY = Roles(is_head=False, is_marketer=False)


def may_edit(user: User | AnonymousUser) -> bool:
    return roles_of(user).is_marketer


def roles_of(user: User | AnonymousUser) -> Roles:
    """What a person's navigation shows. Costs no query for somebody who signed in."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    known = user if hasattr(user, "is_editor") else User.objects.with_roles().get(pk=user.pk)
    return Roles(is_head=known.is_head, is_marketer=known.is_superuser or known.is_editor)
