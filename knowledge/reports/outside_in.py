"""How a brief reads from where a customer stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.models import BriefPage, CustomerWord
from knowledge.spelling import stems_in
from knowledge.wording import ONE_BREATH_WORDS, OutsideIn, count_words, outside_in


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """What customers say for something that a brief names; `is_used` where it says so, too."""

    theirs: str
    ours: str
    is_used: bool


@dataclass(frozen=True, slots=True)
class OutsideInReading:
    """How a brief reads as a customer would read it."""

    lines: Sequence[str]
    words: Sequence[SpokenWord]


def outside_in_reading(brief: BriefPage) -> OutsideInReading:
    """Of a brief as it is at hand, draft or not; two queries.

    “You”, “we” and the reading age are counted in English only.
    """
    texts = list(customer_texts(brief))
    is_english = brief.locale.language_code.startswith("en")
    told = told_outside_in(outside_in(texts)) if is_english else ()
    return OutsideInReading([*told, told_breath(brief.one_breath)], spoken_words(" ".join(texts)))


def customer_texts(brief: BriefPage) -> Iterator[str]:
    """What customers hear or read, in the end; not what is for colleagues alone."""
    yield from (brief.one_breath, brief.expectation)
    for fact in brief.facts.all():
        yield from (fact.statement, fact.limits)
    yield from (message.message for message in brief.segment_messages.all())
    for stream in (brief.say, brief.answers):
        yield from stream.stream_block.get_searchable_content(stream)


def spoken_words(text: str) -> list[SpokenWord]:
    written = stems_in(text)
    pairs = CustomerWord.objects.values_list("theirs", "ours")
    return [
        SpokenWord(theirs, ours, is_used=stems_in(theirs) in written)
        for theirs, ours in pairs
        if stems_in(ours).strip() and stems_in(ours) in written
    ]


def told_outside_in(counted: OutsideIn) -> Iterator[str]:
    numbers = {"you": counted.you, "we": counted.we, "age": counted.age}
    yield _("“You” %(you)d times, “we” %(we)d times.") % numbers
    if counted.is_about_us:
        yield _("Say more of the customer, and less of us.")
    if counted.age is not None:
        told = _("Easy to read from about the age of %(age)d on") % numbers
        length = ngettext(
            "%(count)d word a sentence", "%(count)d words a sentence", counted.words_a_sentence
        ) % {"count": counted.words_a_sentence}
        yield f"{told}: {length}."


def told_breath(line: str) -> str:
    numbers = {"count": count_words(line), "most": ONE_BREATH_WORDS}
    return _("One breath: %(count)d of %(most)d words.") % numbers
