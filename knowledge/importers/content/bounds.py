"""What a page of Markdown may hold, so that reading it stays a matter of seconds."""

from django.utils.translation import gettext as _

from knowledge.importers.reporting import FaultList

# Each may open a link, a table or an emphasis, for which the rest of the text is searched.
SIGNS = "[*_|`"
MOST_OF_A_SIGN = 60_000


def refuse_too_many_signs(text: str, faults: FaultList) -> bool:
    """Whether the text was refused. Nobody writes so many; a file that holds them means harm."""
    too_many = [sign for sign in SIGNS if text.count(sign) > MOST_OF_A_SIGN]
    for sign in too_many:
        faults.add(
            None,
            _("The sign “%(sign)s” stands here %(count)s times: at most %(most)s can be read.")
            % {"sign": sign, "count": text.count(sign), "most": MOST_OF_A_SIGN},
            _("Split the file into smaller ones."),
        )
    return bool(too_many)
