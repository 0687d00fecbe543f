"""What an importer advises, said to somebody who has a form before her and no command line."""

import re
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from knowledge.importers.reporting import Fault
from knowledge.viewsets.file_form import WISHES, BringInForm

_OPTION = re.compile(r"--([a-z-]+)(?: (?:[A-Z]+|[a-z]+-[a-z-]+)(?=[).,]))?")


def in_the_form(advice: str) -> str:
    """“--brief” becomes “Brief” on the form, with the example that stood behind it left out."""
    return _OPTION.sub(_named, advice)


def faults_in_the_form(faults: Iterable[Fault]) -> list[Fault]:
    return [replace(fault, remedy=in_the_form(fault.remedy)) for fault in faults]


def _named(option: re.Match[str]) -> str:
    name = option[1].replace("-", "_")
    if name not in WISHES:
        return option[0]
    return _("“%(field)s” on the form") % {"field": BringInForm.base_fields[name].label}
