from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.users.models import UserProfile

from knowledge.models import PortalDocument, PortalImage, PortalRendition
from knowledge.permissions import is_shown_to_reader
from portal.models import User
from portal.navigation import Roles
from quizzes.permissions import is_asked_with

NOBODY = Roles()
# No file has it in its name, and PostgreSQL can't be asked for it.
UNNAMEABLE = "\0"
# All that has an address below `/media/`. Documents have Wagtail's own door.
PICTURES = ((PortalImage, "file"), (PortalRendition, "file"), (UserProfile, "avatar"))


def may_edit(user: User | AnonymousUser) -> bool:
    return roles_of(user).is_marketer


def may_require_modules(user: User | AnonymousUser) -> bool:
    """Whether she heads a department, or all of them: the Team pages are hers."""
    roles = roles_of(user)
    return roles.is_head or roles.is_administrator


def may_write_questions(user: User | AnonymousUser) -> bool:
    """Whether the editor's list of questions opens for her; pages alone don't open it."""
    return user.has_perm("quizzes.change_question")


def may_see_file(request: HttpRequest, path: str) -> bool:
    """Whether a stored picture may be shown by its address, which must be spelled as stored.

    Editors see all. Others see a size of a picture that stands on a page they may read or in a
    question they may be asked, never the picture as it was uploaded: what a photo says of its
    place and day goes with it.
    """
    if UNNAMEABLE in path:
        return False
    if may_edit(request.user):
        return any(model.objects.filter(**{field: path}).exists() for model, field in PICTURES)
    renditions = PortalRendition.objects.select_related("image__collection")
    rendition = renditions.filter(file=path).first()
    return rendition is not None and may_see_picture(request, rendition.image)


def may_see_picture(request: HttpRequest, picture: PortalImage) -> bool:
    return is_shown_to_reader(request, picture) or is_asked_with(request, picture)


def may_see_document(request: HttpRequest, document: PortalDocument) -> bool:
    return may_edit(request.user) or is_shown_to_reader(request, document)


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
