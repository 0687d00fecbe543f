"""What is said of a list as a whole: how its columns were read, and which aren't used."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.importers.people.columns import MANAGER, NUMBER, Columns, as_told


def told_columns(columns: Columns, line: int) -> list[str]:
    told = [
        _("“%(name)s” is read as %(column)s.") % {"name": name, "column": column}
        for name, column in columns.renamed
    ]
    unused = [*columns.unused]
    if MANAGER in columns and "role" in columns:
        unused.append(columns.names[MANAGER])
    if NUMBER in columns and MANAGER not in columns:
        unused.append(columns.names[NUMBER])
    if unused:
        told.append(
            ngettext(
                "This column isn't used: %(names)s.",
                "These columns aren't used: %(names)s.",
                len(unused),
            )
            % {"names": as_told(unused)}
        )
    if line > 1:
        told.append(
            _("Line %(line)s names the columns; what stands above it isn't used.") % {"line": line}
        )
    if "starts_on" not in columns and "department" in columns:
        told.append(_("No column says since when: who isn't known yet begins today."))
    return told
