"""Puts what a file says into its page, and compares two states of a page."""

from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.importers.content.documents import (
    BriefFile,
    ClaimFile,
    FactFile,
    LessonFile,
    ModuleFile,
    PromiseFile,
)
from knowledge.importers.content.market import Market, fill_market, market_of
from knowledge.importers.content.streams import (
    answers_of,
    bare,
    block_of,
    lines_of,
    merged,
    set_stream,
)
from knowledge.models import (
    BriefPage,
    Claim,
    Fact,
    KeptPage,
    LessonPage,
    ModulePage,
    PromisePage,
)

FACT_FIELDS = ("key", "kind", "title", "statement", "limits", "proof")
CLAIM_FIELDS = (
    *("key", "measure", "comparator", "target", "unit"),
    *("statistic", "condition", "expectation"),
)
BRIEF_FIELDS = (
    "title",
    "one_breath",
    "right_for",
    "not_right_for",
    "expectation",
    "embargo_until",
    "valid_from",
    "valid_until",
)
PROMISE_FIELDS = (
    *("title", "sentence", "why_us", "is_pilot"),
    *("lands_at", "customer_gets", "benchmark", "benchmark_source"),
)
MODULE_FIELDS = (
    *("title", "intro", "try_it", "valid_days"),
    *("closes_on", "closes_at", "closes_zone", "opens_again"),
)
LESSON_FIELDS = ("title", "one_breath")
KEEPING = ("owner_id", "carer_id", "verify_days")

type KeptFile = BriefFile | PromiseFile | ModuleFile


def fill_brief(
    page: BriefPage,
    file: BriefFile,
    people: Mapping[str, int],
    promises: Mapping[str, PromisePage],
    briefs: Mapping[str, BriefPage],
    market: Market,
) -> None:
    if file.is_draft:
        page.title = file.title
        return
    _copy(BRIEF_FIELDS, file, page)
    if page.pk is None:
        # From then on the portal counts, with each version that goes out.
        page.version = file.version or page.version
    _fill_people(page, file, people)
    fill_market(page, file, market)
    page.replaced_by = briefs.get(file.replaced_by)
    page.promises = [promises[line.text] for line in file.promises if line.text in promises]
    set_stream(page, "say", lines_of(file.say))
    set_stream(page, "dont_say", lines_of(file.dont_say))
    set_stream(page, "answers", answers_of(file.answers))
    facts: Any = page.facts
    stored = {fact.key: fact for fact in facts.all()}
    page.facts = [
        fill_fact(stored.get(fact.key) or Fact(), fact, place)
        for place, fact in enumerate(file.facts)
    ]


def fill_fact(fact: Fact, file: FactFile, place: int) -> Fact:
    _copy(FACT_FIELDS, file, fact)
    fact.sort_order = place
    return fact


def fill_promise(page: PromisePage, file: PromiseFile, people: Mapping[str, int]) -> None:
    _copy(PROMISE_FIELDS, file, page)
    _fill_people(page, file, people)
    claims: Any = page.claims
    stored = {claim.key: claim for claim in claims.all()}
    page.claims = [
        fill_claim(stored.get(claim.key) or Claim(), claim, place)
        for place, claim in enumerate(file.claims)
    ]


def fill_claim(claim: Claim, file: ClaimFile, place: int) -> Claim:
    _copy(CLAIM_FIELDS, file, claim)
    claim.sort_order = place
    return claim


def _fill_people(
    page: BriefPage | PromisePage, file: BriefFile | PromiseFile, people: Mapping[str, int]
) -> None:
    page.sponsor_id = people.get(file.sponsor, page.sponsor_id)
    _fill_keepers(page, file, people)


def _fill_keepers(page: KeptPage, file: KeptFile, people: Mapping[str, int]) -> None:
    page.owner_id = people.get(file.owner, page.owner_id)
    page.carer_id = people.get(file.carer, page.carer_id)
    page.verify_days = file.verify_days or page.verify_days


def fill_module(
    page: ModulePage, file: ModuleFile, brief: BriefPage, people: Mapping[str, int]
) -> None:
    page.brief = brief
    _fill_keepers(page, file, people)
    if file.is_draft:
        page.title, page.intro = file.title, file.intro
        return
    _copy(MODULE_FIELDS, file, page)
    set_stream(page, "able_to_say", lines_of(file.able_to_say))


def fill_lesson(page: LessonPage, file: LessonFile, images: Mapping[str, int]) -> None:
    """`images` are ids by digest; 0 stands for a picture that isn't stored yet."""
    if file.is_draft:
        page.title = file.title
        page.minutes = page.minutes if page.pk else file.minutes or page.minutes
    else:
        _copy(LESSON_FIELDS, file, page)
        page.minutes = file.minutes or page.minutes
    set_stream(page, "body", [block_of(piece, images) for piece in file.body])


def content_of(
    page: BriefPage | PromisePage | ModulePage | LessonPage, addresses: Mapping[str, str]
) -> tuple[object, ...]:
    """All that files decide. Two equal ones need no new version.

    `addresses` are those of the pages by id: a link to one is the same in either form.
    """
    if isinstance(page, BriefPage):
        facts: Any = page.facts
        promises: Any = page.promises
        return (
            *_values(BRIEF_FIELDS, page),
            {promise.slug for promise in promises.all()},
            (page.version, page.sponsor_id, *_values(KEEPING, page)),
            market_of(page),
            [
                bare(stream.get_prep_value(), addresses)
                for stream in (page.say, page.dont_say, page.answers)
            ],
            [_values(FACT_FIELDS, fact) for fact in facts.all()],
        )
    if isinstance(page, PromisePage):
        claims: Any = page.claims
        return (
            *_values(PROMISE_FIELDS, page),
            (page.sponsor_id, *_values(KEEPING, page)),
            [_values(CLAIM_FIELDS, claim) for claim in claims.all()],
        )
    if isinstance(page, ModulePage):
        able_to_say = bare(page.able_to_say.get_prep_value(), addresses)
        return (
            *_values(MODULE_FIELDS, page),
            page.brief_id,
            able_to_say,
            *_values(KEEPING, page),
        )
    body = merged(bare(page.body.get_prep_value(), addresses))
    return (*_values(LESSON_FIELDS, page), page.minutes, body)


def _copy(names: Iterable[str], source: object, target: object) -> None:
    for name in names:
        setattr(target, name, getattr(source, name))


def _values(names: Iterable[str], source: object) -> tuple[object, ...]:
    return tuple(getattr(source, name) for name in names)
