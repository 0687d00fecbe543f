"""Makes drafts of what was found in a file; whatever can't become one says why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from textwrap import shorten

from knowledge.importers.reporting import FaultList
from quizzes.importers.gift import GiftFault, GiftText, ParsedQuestion, Shape
from quizzes.importers.gift.shapes import UnreadableError
from quizzes.importers.questions.hints import GIFT_HINTS, Hints
from quizzes.importers.questions.kinds import Meaning
from quizzes.importers.questions.marks import (
    LOOK_UP,
    MUST_KNOW,
    Marks,
    read_marks,
    refuse_misplaced,
)
from quizzes.importers.questions.markup import losses, refuse_media
from quizzes.importers.questions.meaning import read_meaning
from quizzes.importers.questions.plain import plain, plain_line
from quizzes.importers.questions.saying import gettext as _
from quizzes.importers.questions.situations import taken_apart

NAME_LENGTH = 120
DESCRIPTION_LENGTH = 60
# No colleague reads so much of a question, and taking formatting out of more takes too long.
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """One question of the file, understood but not yet compared with what is stored."""

    line: int
    id: str
    category: str
    category_line: int
    name: str
    stem: str
    meaning: Meaning
    marks: Marks
    # What of it the portal can't keep.
    left_out: tuple[str, ...] = ()
    situation: str = ""
    reference: str = ""
    hints: Hints = GIFT_HINTS

    @property
    def is_must_know(self) -> bool:
        return MUST_KNOW in self.marks.flags

    @property
    def is_look_up(self) -> bool:
        return LOOK_UP in self.marks.flags


@dataclass(slots=True)
class Found:
    """What stands at one place of the file: a draft, or why there is none, or what is wrong."""

    line: int
    name: str
    faults: FaultList
    draft: QuestionDraft | None = None
    skipped: str = ""
    is_question: bool = True
    notes: list[str] = field(default_factory=list)

    def refuse(self, line: int, message: str, remedy: str) -> None:
        self.faults.add(line, message, remedy)

    def settle(self, reference: str) -> None:
        if self.draft:
            self.draft = replace(self.draft, reference=reference)


def understood(items: Iterable[ParsedQuestion | GiftFault], file: str) -> list[Found]:
    """Everything that a parser of text found in the file, in its order."""
    return [_found(item, FaultList(file)) for item in items]


def _found(item: ParsedQuestion | GiftFault, faults: FaultList) -> Found:
    if isinstance(item, GiftFault):
        faults.add(item.line, _(item.message) % item.params, _(item.remedy))
        return Found(item.line, shortened(item.name), faults)
    found = Found(item.line, _name(item), faults)
    if item.answers.shape is Shape.DESCRIPTION:
        found.name = shortened(found.name, DESCRIPTION_LENGTH)
        found.is_question = False
        found.skipped = _("A text without a question.")
    else:
        _understand(item, found)
    return found


def _understand(item: ParsedQuestion, found: Found) -> None:
    try:
        found.draft = _draft(item, found.name)
    except UnreadableError as unreadable:
        found.refuse(item.line, unreadable.message, unreadable.remedy)


def _draft(parsed: ParsedQuestion, name: str) -> QuestionDraft:
    marks = read_marks(parsed.tags)
    refuse_misplaced(marks, parsed.answers.shape)
    others = list(_texts(parsed))
    # Before anything is looked for in them: that takes long in a long text.
    refuse_long([parsed.stem.text, *(text.text for text in others)])
    situation, asked = taken_apart(parsed.stem)
    texts = [asked, *others]
    meaning = read_meaning(parsed.answers, marks, asked.text)
    for text in texts:
        refuse_media(text)
    stem = _stem(asked)
    lost = dict.fromkeys(loss for text in texts for loss in losses(text))
    return QuestionDraft(
        line=parsed.line,
        id=parsed.id,
        category=parsed.category,
        category_line=parsed.category_line,
        name=name,
        stem=stem,
        meaning=meaning,
        marks=marks,
        left_out=tuple(note for note in (*lost, meaning.left_out) if note),
        situation=situation,
    )


def _stem(text: GiftText) -> str:
    if stem := plain(text):
        return stem
    raise UnreadableError(_("The question is missing."), _("Write it before the braces."))


def _texts(parsed: ParsedQuestion) -> Iterator[GiftText]:
    yield parsed.answers.feedback
    for option in parsed.answers.options:
        yield option.text
        yield option.feedback


def refuse_long(texts: Iterable[str]) -> None:
    if sum(map(len, texts)) > LONGEST_TEXT:
        raise UnreadableError(
            _("This question is longer than %(most)s letters.") % {"most": f"{LONGEST_TEXT:,}"},
            _("Ask for one thing; what there is to read belongs into a lesson."),
        )


def _name(parsed: ParsedQuestion) -> str:
    if parsed.title:
        return shortened(" ".join(parsed.title.split("\n")))
    beginning = GiftText(parsed.stem.text[: 10 * NAME_LENGTH], parsed.stem.format)
    return shortened(plain_line(beginning))


def shortened(name: str, length: int = NAME_LENGTH) -> str:
    if len(name) <= length:
        return name.strip()
    words = shorten(name[: 10 * length], length, placeholder="…")
    # Not every language has blanks between its words.
    return words if len(words) > length // 2 else f"{name[: length - 1]}…"
