"""The portal as every installation begins, made once for all tests."""

from knowledge.models import HomePage
from portal.actions import prepare_portal, prepare_tree
from tests.kept import kept


def prepared_portal() -> None:
    """The content tree, the groups and the settings."""
    if HomePage.objects.exists():
        prepare_portal()
    else:
        kept("portal", prepare_portal)


def prepared_tree() -> None:
    """The content tree alone, where it isn't there yet."""
    kept("tree", prepare_tree)
