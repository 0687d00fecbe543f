"""*Signed* in words: what heads said."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.models import SignOff
from departments.reports.threads import LinkState
from departments.wording import long_day
from strategy.reports.gates import CampaignGate, PromiseFacts
from strategy.reports.people_told import Names


def signed_lines(_gate: CampaignGate, facts: PromiseFacts, _names: Names) -> Iterator[str]:
    links = facts.thread.links
    if not links:
        yield _("No department is on its thread yet.")
        return
    signed = [link.department.name for link in links if link.is_signed]
    if len(signed) == len(links):
        yield _("All departments have signed.")
    elif signed:
        words = {"departments": get_text_list(signed, _("and"))}
        yield (
            ngettext("%(departments)s has signed.", "%(departments)s have signed.", len(signed))
            % words
        )
    yield from (_said(link) for link in links if not link.is_signed)


def _said(link: LinkState) -> str:
    word, before = link.word, link.said_before
    words: dict[str, Any] = {"department": link.department.name}
    if word is None:
        return _unsaid(words, before)
    words["who"] = word.by or _("A former colleague")
    if word.says == SignOff.Says.NOT_YET:
        words["because"] = word.because.rstrip(" .")
        return _("%(who)s, %(department)s: “Not yet – %(because)s”.") % words
    words["day"] = long_day(word.from_on) if word.from_on else ""
    return _("%(who)s, %(department)s: “We can do our part from %(day)s”.") % words


def _unsaid(words: dict[str, Any], before: SignOff | None) -> str:
    if before is None:
        return _("%(department)s hasn't said yet.") % words
    words["version"] = before.version
    return (
        _("%(department)s spoke about version %(version)s, and hasn't about what holds then.")
        % words
    )


def signed_change(gate: CampaignGate, facts: PromiseFacts, names: Names) -> str:
    waiting = [link for link in facts.thread.links if not link.is_signed]
    who = [_signer(link, names) for link in waiting]
    words = {
        "who": get_text_list(who, _("and")),
        "version": max(facts.thread.version, facts.thread.newest),
        "day": long_day(gate.day),
    }
    return (
        ngettext(
            "%(who)s signs version %(version)s, from %(day)s at the latest.",
            "%(who)s sign version %(version)s, from %(day)s at the latest.",
            len(who),
        )
        % words
    )


def _signer(link: LinkState, names: Names) -> str:
    head = names.heads.get(link.department_id)
    words = {"who": head, "department": link.department.name}
    return _("%(who)s (%(department)s)") % words if head else link.department.name
