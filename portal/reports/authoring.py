"""How a brief, promise, module, lesson or question stands, and what its author does next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from departments.models import Requirement
from departments.reports.linking import short_links
from knowledge.models import (
    BriefIndexPage,
    BriefPage,
    LearnIndexPage,
    LessonPage,
    ModulePage,
    PromisePage,
)
from portal.reports.question_remarks import Remark, giveaway_remarks, mix_remarks
from portal.reports.usefulness import usefulness_words
from quizzes.days import organisation_today
from quizzes.models import Question
from quizzes.reports.mixes import question_mix

TEAM = reverse_lazy("departments:team-index")
QUESTIONS = "/snippets/quizzes/question/"
FEWEST_LESSONS, MOST_LESSONS = 3, 5
FEWEST_WORDS, MOST_WORDS = 150, 300


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next, and where."""

    label: Any
    url: Any


@dataclass(frozen=True, slots=True)
class Authoring:
    remarks: tuple[Remark, ...]
    steps: tuple[Step, ...]


def authoring_of(
    edited: models.Model, *, may_require: bool = False, may_ask: bool = True
) -> Authoring:
    """Of whatever marketing writes, and where its reader may go on; a fixed number of queries."""
    for model, (remarks, steps) in OUTLOOKS.items():
        if isinstance(edited, model):
            ahead = [step for step in steps(edited) if may_ask or QUESTIONS not in str(step.url)]
            if may_require and model is ModulePage:
                ahead.append(Step(_("Say who must know it, and by when"), TEAM))
            return Authoring(tuple(remarks(edited)), tuple(ahead))
    return Authoring((), ())


def brief_remarks(brief: BriefPage) -> Iterator[Remark]:
    facts = brief.facts.count()
    yield Remark(ngettext("%(n)s fact", "%(n)s facts", facts) % {"n": facts}, facts > 0)
    promises = brief.promises.count()
    words = ngettext("explains %(n)s promise", "explains %(n)s promises", promises)
    yield Remark(words % {"n": promises}, promises > 0)


def brief_steps(brief: BriefPage) -> Iterator[Step]:
    learn = LearnIndexPage.objects.in_source_language().first()
    if learn:
        yield Step(
            _("Write a module for this brief"),
            f"{add_address(ModulePage, learn)}?brief={brief.pk}",
        )
    for module in ModulePage.objects.filter(brief=brief).order_by("path"):
        yield Step(_("Open the module “%(title)s”") % {"title": module.title}, edit_address(module))
    yield from as_colleagues(brief)


def promise_remarks(promise: PromisePage) -> Iterator[Remark]:
    claims = promise.claims.count()
    yield Remark(ngettext("%(n)s claim", "%(n)s claims", claims) % {"n": claims}, claims > 0)
    links: Any = promise
    chain = list(links.links.all())
    words = ngettext("%(n)s link in its thread", "%(n)s links in its thread", len(chain))
    yield Remark(words % {"n": len(chain)}, bool(chain))
    for link in short_links(chain, on=organisation_today()):
        words = ngettext(
            "%(department)s has %(people)s person, and its link asks for %(wanted)s",
            "%(department)s has %(people)s people, and its link asks for %(wanted)s",
            link.people,
        )
        told = {"department": link.department, "people": link.people, "wanted": link.at_least}
        yield Remark(words % told, is_met=False)
    if promise.sponsor_id is None:
        yield Remark(_("Nobody is its sponsor yet: choose who decided it"), is_met=False)


def promise_steps(promise: PromisePage) -> Iterator[Step]:
    briefs = BriefPage.objects.filter(promises=promise).order_by("title")
    for brief in briefs:
        yield Step(_("Open the brief “%(title)s”") % {"title": brief.title}, edit_address(brief))
    index = BriefIndexPage.objects.in_source_language().first()
    if index and not briefs:
        yield Step(_("Write the brief that explains it"), add_address(BriefPage, index))
    yield from as_colleagues(promise)


def module_remarks(module: ModulePage) -> Iterator[Remark]:
    lessons = list(LessonPage.objects.child_of(module))
    live = sum(lesson.live for lesson in lessons)
    words = ngettext("%(n)s lesson published", "%(n)s lessons published", live) % {"n": live}
    yield Remark(
        _("%(words)s; three to five are good") % {"words": words},
        FEWEST_LESSONS <= live <= MOST_LESSONS,
    )
    lengths = (lesson_length(lesson, f"{lesson.title}: ") for lesson in lessons)
    yield from (length for length in lengths if not length.is_met)
    yield from mix_remarks(question_mix(module))
    yield required_by(module)
    yield Remark(usefulness_words(module))


def required_by(module: ModulePage) -> Remark:
    asked = Requirement.objects.filter(module=module).select_related("department")
    named = [
        _("%(department)s by %(day)s")
        % {
            "department": requirement.department.name,
            "day": date_format(requirement.due_on, "j F Y"),
        }
        if requirement.due_on
        else requirement.department.name
        for requirement in asked.order_by("department__path")
    ]
    if not named:
        return Remark(
            _("No department asks for it yet: heads and administrators say so under Team"),
            is_met=False,
        )
    return Remark(
        _("Asked for by: %(departments)s") % {"departments": "; ".join(named)}, is_met=True
    )


def module_steps(module: ModulePage) -> Iterator[Step]:
    yield Step(_("Add a lesson"), add_address(LessonPage, module))
    yield Step(
        _("Open its lessons, and put them in order"),
        reverse("wagtailadmin_explore", args=[module.pk]),
    )
    yield from question_steps_of(module)
    yield Step(
        _("Open its brief “%(title)s”") % {"title": module.brief}, edit_address(module.brief)
    )
    yield from as_colleagues(module)


def question_steps_of(module: ModulePage) -> Iterator[Step]:
    yield Step(
        _("Add a question"), f"{reverse('wagtailsnippets_quizzes_question:add')}?module={module.pk}"
    )
    yield Step(
        _("Open its questions"),
        f"{reverse('wagtailsnippets_quizzes_question:list')}?module={module.pk}",
    )


def lesson_remarks(lesson: LessonPage) -> Iterator[Remark]:
    yield lesson_length(lesson)


def lesson_length(lesson: LessonPage, name: str = "") -> Remark:
    count = lesson.word_count
    words = ngettext("%(n)s word", "%(n)s words", count) % {"n": count}
    if FEWEST_WORDS <= count <= MOST_WORDS:
        return Remark(f"{name}{words}", is_met=True)
    return Remark(_("%(words)s; 150 to 300 are good") % {"words": f"{name}{words}"}, is_met=False)


def lesson_steps(lesson: LessonPage) -> Iterator[Step]:
    module = lesson.module
    yield Step(_("Add another lesson"), add_address(LessonPage, module))
    yield from question_steps_of(module)
    yield Step(_("Open the module “%(title)s”") % {"title": module.title}, edit_address(module))
    yield from as_colleagues(lesson)


def question_remarks(question: Question) -> Iterator[Remark]:
    yield from giveaway_remarks(question)
    yield from mix_remarks(question_mix(question.module))


def question_steps(question: Question) -> Iterator[Step]:
    module = question.module
    yield from question_steps_of(module)
    yield Step(_("Open the module “%(title)s”") % {"title": module.title}, edit_address(module))


def as_colleagues(page: Page) -> Iterator[Step]:
    url = page.url if page.live else None
    if url:
        yield Step(_("See it as colleagues do"), url)


def add_address(model: type[Page], parent: Page) -> str:
    kind = ("knowledge", model.__name__.lower(), parent.pk)
    return reverse("wagtailadmin_pages:add", args=kind)


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


type Remarks = Callable[[Any], Iterator[Remark]]
type Steps = Callable[[Any], Iterator[Step]]

OUTLOOKS: dict[type[models.Model], tuple[Remarks, Steps]] = {
    BriefPage: (brief_remarks, brief_steps),
    PromisePage: (promise_remarks, promise_steps),
    ModulePage: (module_remarks, module_steps),
    LessonPage: (lesson_remarks, lesson_steps),
    Question: (question_remarks, question_steps),
}
