from collections.abc import Iterable

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from knowledge.models import Fact
from knowledge.uses import uses_of


def refuse_if_used(facts: Iterable[Fact]) -> None:
    """Raises `ProtectedError`, with every use named, where one of the facts is cited."""
    facts = list(facts)
    uses = uses_of(fact.key for fact in facts)
    if uses:
        places = ", ".join(sorted({use.label for use in uses}))
        message = _("A fact that is used can't be deleted. It is used in: %(places)s.")
        raise ProtectedError(message % {"places": places}, set(facts))
