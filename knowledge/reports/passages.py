"""The words of a page that somebody asks about, and the address at which she does."""

import html
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator

from knowledge.models import BriefPage, Fact, LessonPage
from knowledge.reports.facts import facts_by_key
from knowledge.reports.progress import brief_address

LONGEST_QUOTE = 300
LINES = ("one_breath", "right_for", "not_right_for", "expectation")
STREAMS = ("body", "say", "dont_say", "answers")


@dataclass(frozen=True, slots=True)
class Passage:
    """What a remark is about: a fact, a paragraph, or with neither the page as a whole."""

    quote: str = ""
    fact_key: str = ""


def ask_address(page: BriefPage | LessonPage, **about: str) -> str:
    """Where a colleague asks about a page. A draft that nobody has read yet has none."""
    if not page.live:
        return ""
    above = lesson_address(page) if isinstance(page, LessonPage) else brief_address(page)
    place = f"{above}ask/"
    told = {name: value for name, value in about.items() if value}
    return f"{place}?{urlencode(told)}" if told else place


def lesson_address(lesson: LessonPage) -> str:
    """A lesson's place, without asking for the module above it."""
    return reverse("knowledge:lesson-detail", args=lesson.url_path.rstrip("/").split("/")[-2:])


def passage_of(page: BriefPage | LessonPage, about: str) -> Passage:
    """What `about` names: a fact's key, a block's id or a line's field.

    What has gone since the page was opened is no reason to turn anybody away: then it is about
    the page.
    """
    if isinstance(page, BriefPage):
        fact = next((fact for fact in page.facts.all() if fact.key == about), None)
        if fact:
            return _of_fact(fact)
    if about in LINES:
        return Passage(_quoted(getattr(page, about, "")))
    return _of_block(page, about) if about else Passage()


def _of_fact(fact: Fact) -> Passage:
    return Passage(_quoted(f"{fact.title}: {fact.statement}"), fact.key)


def _of_block(page: BriefPage | LessonPage, about: str) -> Passage:
    for name in STREAMS:
        for block in getattr(page, name, ()):
            if block.id == about:
                return _of_found(block)
    return Passage()


def _of_found(block: Any) -> Passage:
    match block.block_type:
        case "fact":
            facts = facts_by_key([block.value])
            return _of_fact(facts[block.value]) if facts else Passage()
        case "answer":
            return Passage(_quoted(block.value["question"]))
        case "prose":
            return Passage(_quoted(block.value.source))
        case "call":
            return Passage(_quoted(" ".join(turn["words"] for turn in block.value["turns"])))
        case "picture":
            return Passage(_quoted(block.value["caption"] or block.value["alt"]))
    return Passage(_quoted(str(block.value)))


def _quoted(source: str) -> str:
    words = html.unescape(strip_tags(source.replace("<", " <")))
    return Truncator(" ".join(words.split())).chars(LONGEST_QUOTE)
