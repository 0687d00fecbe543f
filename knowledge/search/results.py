"""A search as its page shows it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.models import BriefPage
from knowledge.models.languages import readers_language
from knowledge.search.catalogue import Section
from knowledge.search.excerpts import Segment, excerpt, marked
from knowledge.search.hits import Hit
from knowledge.search.library import Library

MOST_HITS = 10
MOST_EXAMPLES = 4
HEADINGS = {
    Section.FACTS: gettext_lazy("Facts"),
    Section.BRIEFS: gettext_lazy("Briefs"),
    Section.ANSWERS: gettext_lazy("Questions and answers"),
    Section.MODULES: gettext_lazy("Modules and lessons"),
    Section.PROMISES: gettext_lazy("Promises"),
}

libraries = defaultdict[str | None, Library](Library)


@dataclass(frozen=True, slots=True)
class HitLine:
    """One hit. `kind` says what it is; `text_label` what kind of words its text is."""

    url: str
    title: Sequence[Segment]
    kind: str
    text_label: str
    text: Sequence[Segment]
    missing: str
    staff_only_until: date | None


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The best hits of a section, of `count`."""

    key: str
    heading: str
    count: int
    lines: Sequence[HitLine]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.lines)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`understood` is what was looked for, where that isn't what was typed: without `unknown`, the
    words that nothing has. `others` are other words for the same, which were looked for, too."""

    groups: Sequence[HitGroup]
    understood: str
    unknown: str
    others: Sequence[str]

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def search_pages(query: str, *, on: date) -> SearchResult:
    """Three queries, and more only after something was published."""
    found = libraries[readers_language()].find(query, most=MOST_HITS)
    until = embargoes(on=on)
    groups = tuple(
        HitGroup(
            key=section.value,
            heading=str(HEADINGS[section]),
            count=found.counts[section],
            lines=tuple(line_of(hit, until) for hit in found.hits[section]),
        )
        for section in Section
        if found.counts[section]
    )
    return SearchResult(
        groups, found.understood, unknown=_(", ").join(found.unknown), others=found.others
    )


def line_of(hit: Hit, until: dict[int, date]) -> HitLine:
    document, passage = hit.document, hit.passage
    return HitLine(
        url=document.url,
        title=marked(document.title, hit.words),
        kind=document.label,
        text_label=passage.label,
        text=excerpt(passage.text, hit.words),
        missing=_(", ").join(hit.missing),
        staff_only_until=until.get(document.subject),
    )


def embargoes(*, on: date) -> dict[int, date]:
    """Of briefs and modules that customers may not hear of yet: from when on they may."""
    days: dict[int, date] = {}
    embargoed = BriefPage.objects.filter(embargo_until__gt=on)
    for brief, module, day in embargoed.values_list("pk", "modules", "embargo_until"):
        days |= {brief: day, module: day}
    return days


def example_queries(*, on: date) -> list[str]:
    """Titles of briefs, without those that couldn't stand there without a word of warning."""
    until = embargoes(on=on)
    briefs = libraries[readers_language()].documents(Section.BRIEFS)
    return [brief.title for brief in briefs if brief.subject not in until][:MOST_EXAMPLES]
