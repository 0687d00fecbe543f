"""Writes a mail out in its reader's language: a subject, plain text, and the same in HTML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from departments.models import Nudge, TimeRequest
from knowledge.models import ModulePage
from portal.actions.stopping import stop_address
from portal.branding import accent_tokens
from portal.mailing import About, Digest, Obligation
from portal.models import User
from portal.reports import brand_settings
from portal.reports.mailing import modules_of
from portal.reports.weeks import HeadsWeek, heads_week
from quizzes.models import ModuleChange

LONGEST_SUBJECT = 200
SUBJECTS: dict[About, str | Promise] = {
    About.CHECK: _("%(title)s: check the change"),
    About.NUDGE: _("A word from %(title)s"),
    About.PRACTICE: _("%(title)s: two minutes of practice"),
    About.LEARN: _("%(title)s waits for you"),
    About.LAPSED: _("%(title)s: bring your date back"),
    About.TIME_ANSWERED: _("%(title)s: your request for time is answered"),
    About.TIME_ASKED: _("%(title)s: a request for time"),
    About.TEAM: _("Your week as a head"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a mail tells; `note` is what somebody wrote."""

    about: str
    title: str
    url: str
    day: date | None = None
    is_ahead: bool = False
    note: str = ""
    granted: bool = False


def digest_letter(person: User, digest: Digest, on: date) -> Letter | None:
    """None where a head's week was all there was, and there is nothing to say about it."""
    with translation.override(language_of(person)):
        is_heads = any(one.about is About.TEAM for one in digest.all)
        week = heads_week(person, on) if is_heads else None
        told = digest if week else digest.without(About.TEAM)
        if told is None:
            return None
        news = _lines(told.news, on)
        rest = _lines(told.rest, on)
        context = {"news": news, "rest": rest, "week": week, "stop_url": stop_address(person)}
        return _letter("digest", _subject(told, news, week), context, person)


def urgent_letter(person: User, step: ModuleChange) -> Letter:
    with translation.override(language_of(person)):
        title = modules_titled([step.module_id])[step.module_id].title
        subject = str(_("Now: %(title)s has changed")) % {"title": title}
        url = _address("quizzes:check-detail", step.module.slug)
        context = {"title": title, "reason": step.change.reason, "url": url}
        return _letter("now", subject, context, person)


def language_of(person: User) -> str:
    offered = dict(settings.LANGUAGES)
    return person.language if person.language in offered else settings.LANGUAGE_CODE


def modules_titled(keys: Sequence[int]) -> dict[int, ModulePage]:
    return modules_of(Obligation(About.LEARN, key, ()) for key in keys)


def _letter(name: str, subject: str, context: dict[str, Any], person: User) -> Letter:
    brand = brand_settings()
    context |= {
        "subject": subject,
        "person": person,
        "brand": brand,
        "accent": accent_tokens(brand.accent),
        "language": translation.get_language(),
        "base_url": settings.BASE_URL,
        "today_url": _address("portal:today"),
        "me_url": _address("portal:me"),
    }
    return Letter(
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        text=render_to_string(f"portal/mail/{name}.txt", context).strip() + "\n",
        html=render_to_string(f"portal/mail/{name}.html", context),
    )


def _subject(told: Digest, news: Sequence[Line], week: HeadsWeek | None) -> str:
    """What is most pressing, and how much there is beside it."""
    first = news[0] if news else None
    about = told.news[0].about
    subject = str(SUBJECTS[about]) % {"title": first.title if first else ""}
    more = len(told.news) - 1
    if not more or (week is None and first is None):
        return subject
    words = ngettext("%(first)s, and one thing more", "%(first)s, and %(count)s more", more)
    return words % {"first": subject, "count": more}


def _lines(obligations: Sequence[Obligation], on: date) -> list[Line]:
    modules = modules_of(obligations)
    nudges = Nudge.objects.select_related("by").in_bulk(_keys(obligations, About.NUDGE))
    asked = _keys(obligations, About.TIME_ASKED) + _keys(obligations, About.TIME_ANSWERED)
    requests = TimeRequest.objects.select_related("department", "module").in_bulk(asked)
    return list(_told(obligations, modules, nudges, requests, on))


def _keys(obligations: Sequence[Obligation], about: About) -> list[int]:
    return [one.key for one in obligations if one.about is about]


def _told(
    obligations: Sequence[Obligation],
    modules: dict[int, ModulePage],
    nudges: dict[int, Nudge],
    requests: dict[int, TimeRequest],
    on: date,
) -> Iterator[Line]:
    for one in obligations:
        if one.about.is_of_module and one.key in modules:
            yield _module_line(one, modules[one.key], on)
        elif one.about is About.NUDGE and one.key in nudges:
            nudge = nudges[one.key]
            title = str(nudge.by or _("your head"))
            yield Line(one.about, title, _address("portal:today"), note=nudge.text)
        elif one.key in requests:
            yield _request_line(one, requests[one.key])


def _module_line(one: Obligation, module: ModulePage, on: date) -> Line:
    page = "quizzes:check-detail" if one.about is About.CHECK else "knowledge:module-detail"
    is_ahead = one.day is not None and one.day >= on
    return Line(one.about, module.title, _address(page, module.slug), one.day, is_ahead)


def _request_line(one: Obligation, request: TimeRequest) -> Line:
    url = _address("departments:team-detail", request.department_id)
    title = f"{request.department} · {request.module.title}"
    granted = request.answer == TimeRequest.Answer.GRANTED
    return Line(one.about, title, url, one.day, note=request.note, granted=granted)


def _address(name: str, *args: Any) -> str:
    return str(settings.BASE_URL + reverse(name, args=args))
