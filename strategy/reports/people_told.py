"""*Know* and *Signed* in words: how many people are ready, and what heads said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.models import SignOff
from departments.reports.threads import LinkState, Thread
from strategy.gate import Lack, PromiseCheck
from strategy.reports.gates import CampaignGate, PromiseFacts
from strategy.wording import long_day


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
    words = {
        "ready": thread.ready,
        "needed": thread.needed,
        "required": thread.required,
        "version": thread.version,
    }
    if not thread.needed:
        return _("Nobody on the thread is asked to know it today.")
    if thread.brief is None:
        return _("%(ready)s of %(needed)s are ready today; %(required)s are needed.") % words
    return (
        _(
            "%(ready)s of %(needed)s are ready for version %(version)s today; %(required)s are "
            "needed."
        )
        % words
    )


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
    words = {
        "ready": thread.ready,
        "needed": thread.needed,
        "required": thread.required,
        "day": long_day(thread.day),
    }
    if not thread.needed:
        return _("On %(day)s nobody will be asked to.") % words
    if not thread.ready:
        return (
            _(
                "On %(day)s none of %(needed)s will be, if nobody does anything; %(required)s are "
                "needed."
            )
            % words
        )
    return (
        _(
            "On %(day)s %(ready)s of %(needed)s will be, if nobody does anything; %(required)s "
            "are needed."
        )
        % words
    )


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
    told = get_text_list([_people_of(link) for link in short], _("and"))
    words = {
        "people": people,
        "departments": told,
        "version": max(thread.version, thread.newest),
        "day": long_day(day),
    }
    return (
        ngettext(
            "%(people)s more person is ready for version %(version)s by %(day)s: %(departments)s.",
            "%(people)s more people are ready for version %(version)s by %(day)s: %(departments)s.",
            people,
        )
        % words
    )


def _people_of(link: LinkState) -> str:
    return _("%(people)s in %(department)s") % {
        "people": link.missing,
        "department": link.department.name,
    }


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
