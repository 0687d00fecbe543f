from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from knowledge.importers.reporting import Fault, ImportRefused


@contextmanager
def all_or_nothing(file: str) -> Iterator[None]:
    """One transaction; where somebody else writes the same meanwhile, nothing stays."""
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, OperationalError) as error:
        fault = Fault(
            file,
            None,
            _("Somebody else changed the same data at this moment, so nothing was written."),
            _("Run the import again."),
        )
        raise ImportRefused([fault]) from error
