"""Where a format wants what is missing, said to whoever writes such files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop


@dataclass(frozen=True, slots=True)
class Hints:
    """Sentences are marked but not translated.

    `lacks` tells for each place of a question ("number", "options", and "choice" for the options
    to choose from) where its answer stands. `columns` are the names of fields in a table.
    """

    module: str
    own_id: str
    other_id: str
    fact: str
    lacks: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


GIFT_HINTS = Hints(
    module=gettext_noop(
        "Write a line like $CATEGORY: fair-refund, the last part of the module's "
        "address, or name one module for the whole file (--module fair-refund)."
    ),
    own_id=gettext_noop("Give each question an [id:…] of its own in the // line above it."),
    other_id=gettext_noop(
        "Give this one another [id:…]; answers belong to the module they were given in."
    ),
    fact=gettext_noop("Import its brief first, or correct the tag."),
    lacks={
        "model_answer": gettext_noop("It stands in the braces, after ####."),
        "choice": gettext_noop("Begin it with =, and all others with ~."),
    },
)
