"""What the editor takes out for a spreadsheet: in no report is a cell a formula, Wagtail's too."""

from typing import Any

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from knowledge.importers.cells import neutralised


def plain_cell(value: Any) -> Any:
    """Text, and what is shown as text, such as a person; numbers and dates stay what they are."""
    told = force_str(value, strings_only=True)
    return neutralised(told) if isinstance(told, str) else told


def make_cells_plain() -> None:
    """For every kind of value that Wagtail has no rule for; it asks its rules in their order."""
    formats = dict.fromkeys(SpreadsheetExportMixin.FORMATS, plain_cell)
    SpreadsheetExportMixin.custom_value_preprocess.setdefault(object, formats)
