from django.contrib.auth.models import AnonymousUser

from knowledge.models import PortalRendition
from portal.models import User
from portal.navigation import Roles

UPLOADED_PICTURES = "original_images/"
NOBODY = Roles()


def may_edit(user: User | AnonymousUser) -> bool:
    return roles_of(user).is_marketer


def may_require_modules(user: User | AnonymousUser) -> bool:
    """Whether she heads a department, or all of them: the Team pages are hers."""
    roles = roles_of(user)
    return roles.is_head or roles.is_administrator


def may_write_questions(user: User | AnonymousUser) -> bool:
    """Whether the editor's list of questions opens for her; pages alone don't open it."""
    return user.has_perm("quizzes.change_question")


def may_see_file(user: User, path: str) -> bool:
    """Whether a stored file may be shown by its address: a rendition whose picture is open."""
    if path.startswith(UPLOADED_PICTURES):
        return may_edit(user)
    rendition = PortalRendition.objects.filter(file=path).select_related("image__collection")
    shown = rendition.first()
    return shown is not None and not shown.image.collection.get_view_restrictions()


def roles_of(user: User | AnonymousUser) -> Roles:
    """What a person's navigation shows. Costs no query for somebody who signed in."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    known = user if hasattr(user, "is_editor") else User.objects.with_roles().get(pk=user.pk)
    return Roles(
        is_head=known.is_head,
        is_marketer=known.is_superuser or known.is_editor,
        is_administrator=known.is_superuser,
    )
