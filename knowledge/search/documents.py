"""What each kind of page has to say, as documents to be found. A fixed number of queries a kind.

What may not be said, or not to everybody, carries its label wherever it is shown.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from knowledge.models import (
    BriefPage,
    Claim,
    Fact,
    KnowledgePage,
    LessonPage,
    ModulePage,
    PromisePage,
)
from knowledge.models.languages import worded_children
from knowledge.models.pages import KnowledgeQuerySet
from knowledge.reports import brief_address, module_address, promise_address
from knowledge.search.catalogue import LIMITS, REST, STATEMENT, Document, Passage, Section
from knowledge.spelling import composed

type PageDocuments = Iterator[tuple[int, list[Document]]]


def worded(model: type[KnowledgePage], pks: Iterable[int]) -> KnowledgeQuerySet:
    pages: KnowledgeQuerySet = model.objects.filter(pk__in=list(pks)).in_readers_words()
    return pages


def brief_documents(pks: Iterable[int]) -> PageDocuments:
    for brief in worded(BriefPage, pks).prefetch_related(worded_children("facts", Fact)):
        yield (
            brief.pk,
            [
                of_brief(brief),
                *(of_fact(fact, brief) for fact in brief.facts.all()),
                *of_answers(brief),
            ],
        )


def module_documents(pks: Iterable[int]) -> PageDocuments:
    for module in worded(ModulePage, pks):
        passages = [
            Passage(composed(module.intro), STATEMENT),
            Passage(streamed(module, "able_to_say"), LIMITS),
            Passage(composed(module.try_it), REST, _("Try it for real:")),
        ]
        document = Document(
            section=Section.MODULES,
            title=composed(module.title),
            url=module_address(module),
            passages=written(passages),
            label=_("Module"),
            subject=module.pk,
        )
        yield module.pk, [document]


def lesson_documents(pks: Iterable[int]) -> PageDocuments:
    lessons = worded(LessonPage, pks)
    above = {lesson.pk: lesson.path[: -lesson.steplen] for lesson in lessons}
    homes = ModulePage.objects.filter(path__in=above.values()).in_readers_words()
    modules = {module.path: module for module in homes}
    for lesson in lessons:
        module = modules[above[lesson.pk]]
        passages = [
            Passage(composed(lesson.one_breath), STATEMENT),
            Passage(streamed(lesson, "body"), REST),
        ]
        document = Document(
            section=Section.MODULES,
            title=composed(lesson.title),
            url=f"{module_address(module)}{lesson.slug}/",
            passages=written(passages),
            label=_("Lesson in %(module)s") % {"module": module.title},
            subject=module.pk,
            context=composed(module.title),
        )
        yield lesson.pk, [document]


def promise_documents(pks: Iterable[int]) -> PageDocuments:
    for promise in worded(PromisePage, pks).prefetch_related(worded_children("claims", Claim)):
        passages = [
            Passage(composed(promise.sentence), STATEMENT),
            *(Passage(composed(claim.sentence), LIMITS) for claim in promise.claims.all()),
            Passage(composed(promise.why_us), REST, _("Why us:")),
        ]
        document = Document(
            section=Section.PROMISES,
            title=composed(promise.title),
            url=promise_address(promise),
            passages=written(passages),
            label=_("Promise"),
            subject=promise.pk,
        )
        yield promise.pk, [document]


def of_brief(brief: BriefPage) -> Document:
    passages = [
        Passage(composed(brief.one_breath), STATEMENT),
        Passage(composed(brief.expectation), STATEMENT, _("Customers will expect:")),
        Passage(streamed(brief, "say"), LIMITS, _("Say:")),
        Passage(streamed(brief, "dont_say"), LIMITS, _("Don’t say:")),
        Passage(composed(brief.right_for), LIMITS, _("Right for:")),
        Passage(composed(brief.not_right_for), LIMITS, _("Not right for:")),
    ]
    return Document(
        section=Section.BRIEFS,
        title=composed(brief.title),
        url=brief_address(brief),
        passages=written(passages),
        label=_("Brief"),
        subject=brief.pk,
    )


def of_fact(fact: Fact, brief: BriefPage) -> Document:
    passages = [
        Passage(composed(fact.statement), STATEMENT),
        Passage(composed(fact.limits), LIMITS, _("Limits:")),
        Passage(composed(fact.proof), REST, _("How we know:")),
    ]
    return Document(
        section=Section.FACTS,
        title=composed(fact.title),
        url=f"{brief_address(brief)}#{fact.key}",
        passages=written(passages),
        label=_("Fact in %(brief)s") % {"brief": brief.title},
        subject=brief.pk,
        context=composed(brief.title),
    )


def of_answers(brief: BriefPage) -> Iterator[Document]:
    for block in brief.answers:
        answer = " ".join(
            block.block.child_blocks["answer"].get_searchable_content(block.value["answer"])
        )
        yield Document(
            section=Section.ANSWERS,
            title=composed(block.value["question"]),
            url=f"{brief_address(brief)}#answers",
            passages=written([Passage(composed(answer), STATEMENT)]),
            label=_("Answer in %(brief)s") % {"brief": brief.title},
            subject=brief.pk,
            context=composed(brief.title),
        )


def written(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage.text)


def streamed(page: BriefPage | ModulePage | LessonPage, name: str) -> str:
    """The words of a stream. A fact that it shows is found in its brief."""
    stream = getattr(page, name)
    words: list[str] = stream.stream_block.get_searchable_content(stream)
    return composed(" · ".join(filter(None, words)))
