from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from knowledge.importers.reporting import FaultList


def add_validation(faults: FaultList, line: int | None, what: str, error: ValidationError) -> None:
    """What a model or block has against a value, as faults; the model's message is the remedy."""
    message = _("%(what)s can't stay as it is.") % {"what": what}
    for remedy in error.messages:
        faults.add(line, message, remedy)
