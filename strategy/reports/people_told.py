"""*Know* in words: how many people are ready.

Figures only where the reader may see them (`departments.reports.sights`); else whether they are
enough. What is required of each link is told in sum only where all their figures are: set against
the others, it would tell how many people a hidden one has.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.reports.threads import LinkState, Thread
from departments.wording import long_day
from strategy.gate import Lack, PromiseCheck
from strategy.reports.gates import CampaignGate, PromiseFacts


@dataclass(frozen=True, slots=True)
class Names:
    """Who answers for a promise, and who leads a department, by their keys."""

    keepers: Mapping[int, Any] = field(default_factory=dict)
    heads: Mapping[int, Any] = field(default_factory=dict)


def know_lines(gate: CampaignGate, facts: PromiseFacts, _names: Names) -> Iterator[str]:
    if not facts.thread.links:
        yield _("No department is on its thread yet.")
        return
    yield _today(facts.today)
    if facts.thread.version > facts.today.version:
        yield _version_ahead(facts.thread)
    if gate.day > gate.on and facts.thread.is_out:
        yield _on_the_day(facts.thread)
    if facts.thread.newest > facts.thread.version:
        yield _newer_version(facts.thread)


def _today(thread: Thread) -> str:
    if not thread.needed:
        return _("Nobody on the thread is asked to know it today.")
    if thread.is_shown:
        return _figures_today(thread)
    words = {"version": thread.version}
    if thread.is_known is False:
        return _("Not enough people are ready for version %(version)s yet.") % words
    return _("Enough people are ready for version %(version)s today.") % words


def _figures_today(thread: Thread) -> str:
    words = _figures(thread)
    if thread.brief is None:
        told = _("%(ready)s of %(needed)s are ready today.") % words
    else:
        told = _("%(ready)s of %(needed)s are ready for version %(version)s today.") % words
    return _with_needed(told, thread)


def _with_needed(told: str, thread: Thread) -> str:
    if not thread.shows_links:
        return told
    needed = ngettext(
        "It takes %(required)s.", "It takes %(required)s.", thread.required
    ) % _figures(thread)
    return f"{told} {needed}"


def _figures(thread: Thread) -> dict[str, Any]:
    return {
        "ready": thread.ready,
        "needed": thread.needed,
        "required": thread.required,
        "version": thread.version,
        "day": long_day(thread.day),
    }


def _version_ahead(thread: Thread) -> str:
    words: dict[str, Any] = {"version": thread.version}
    if thread.out_on is None:
        return (
            _("The campaign needs version %(version)s, and no day is set on which it comes out.")
            % words
        )
    words |= {"day": long_day(thread.out_on)}
    return _("The campaign needs version %(version)s, and it isn't out until %(day)s.") % words


def _on_the_day(thread: Thread) -> str:
    words = _figures(thread)
    if not thread.needed:
        return _("On %(day)s nobody will be asked to.") % words
    if thread.is_shown:
        return _with_needed(_figures_on_the_day(thread), thread)
    if thread.is_known is False:
        return _("On %(day)s not enough will be, if nobody does anything.") % words
    return _("On %(day)s enough will be, even if nobody does anything.") % words


def _figures_on_the_day(thread: Thread) -> str:
    words = _figures(thread)
    if not thread.ready:
        return _("On %(day)s none of %(needed)s will be, if nobody does anything.") % words
    return _("On %(day)s %(ready)s of %(needed)s will be, if nobody does anything.") % words


def _newer_version(thread: Thread) -> str:
    words = {"version": thread.newest, "asked": thread.version}
    return (
        _(
            "Version %(version)s will be out by then, so people are asked for that one, not for "
            "version %(asked)s."
        )
        % words
    )


def know_change(gate: CampaignGate, facts: PromiseFacts, check: PromiseCheck, lacks: Lack) -> str:
    match lacks:
        case Lack.LINKS:
            return _("Somebody writes down which departments make it come true.")
        case Lack.VERSION:
            return _version_change(gate, facts.thread)
        case Lack.REQUIREMENT:
            who = get_text_list(list(check.waiting), _("and"))
            return _("The module is asked of %(departments)s.") % {"departments": who}
    return _people_change(gate.day, facts.thread)


def _version_change(gate: CampaignGate, thread: Thread) -> str:
    words = {"version": thread.version, "day": long_day(gate.day)}
    if thread.out_on is None:
        return (
            _("Version %(version)s is approved, and comes out by %(day)s; then people check it.")
            % words
        )
    words["later"] = long_day(thread.out_on)
    return (
        _("Version %(version)s comes out by %(day)s, or the campaign waits for %(later)s.") % words
    )


def _people_change(day: date, thread: Thread) -> str:
    short = [link for link in thread.links if link.missing]
    people = sum(link.missing for link in short)
    words = {
        "people": people,
        "departments": _people_of(short),
        "version": max(thread.version, thread.newest),
        "day": long_day(day),
    }
    if not all(link.is_shown for link in short):
        return (
            _("More people are ready for version %(version)s by %(day)s: %(departments)s.") % words
        )
    return (
        ngettext(
            "%(people)s more person is ready for version %(version)s by %(day)s: %(departments)s.",
            "%(people)s more people are ready for version %(version)s by %(day)s: %(departments)s.",
            people,
        )
        % words
    )


def _people_of(short: Sequence[LinkState]) -> str:
    """ "10 in Customer Care, and enough in Digital & IT" """
    told = [
        _("%(people)s in %(department)s")
        % {"people": link.missing, "department": link.department.name}
        for link in short
        if link.is_shown
    ]
    hidden = [link.department.name for link in short if not link.is_shown]
    if not hidden:
        return get_text_list(told, _("and"))
    enough = _("enough in %(departments)s") % {"departments": get_text_list(hidden, _("and"))}
    return _(", and ").join(filter(None, [", ".join(told), enough]))
