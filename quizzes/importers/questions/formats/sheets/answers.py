"""What the cells of a row say of the kind of its question and of what is right."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from quizzes.importers.questions.formats.sheets.columns import (
    FEEDBACK,
    OPTION,
    PAIR,
    letter_number,
)
from quizzes.importers.questions.formats.sheets.row import Row, one_line
from quizzes.importers.questions.homes import did_you_mean
from quizzes.importers.questions.kinds import Meaning, OptionDraft, called
from quizzes.importers.questions.saying import gettext as _
from quizzes.models import Question
from quizzes.models.completeness import WITH_PAIRS

Kind = Question.Kind

KIND_WORDS: Mapping[Kind, str] = {
    Kind.ONE: "choose one",
    Kind.MANY: "choose several",
    Kind.NUMBER: "number",
    Kind.TEXT: "short text",
    Kind.ORDER: "put in order",
    Kind.SCENARIO: "scenario",
    Kind.SAY: "say it",
    Kind.REASON: "true or false, with the reason",
    Kind.MATCH: "match the pairs",
    Kind.GAPS: "fill the gaps",
}
_OTHER_WORDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.ONE: ("one", "choice", "single", "single choice", "multiple choice", "mc", "mcq"),
    Kind.MANY: ("many", "several", "multiple", "multiple answers", "multiple response", "mr"),
    Kind.NUMBER: ("numeric", "numerical", "figure"),
    Kind.TEXT: ("text", "short answer", "wording"),
    Kind.ORDER: ("order", "ordering", "sequence", "steps"),
    Kind.SCENARIO: ("scenario: what do you do?", "what do you do"),
    Kind.SAY: ("say", "say it, then compare", "essay", "open"),
    Kind.REASON: ("reason", "true or false with the reason", "true or false with reason"),
    Kind.MATCH: ("match", "matching", "pairs"),
    Kind.GAPS: ("gaps", "gap", "cloze", "gap text"),
}
_KINDS = {
    words: kind
    for kind, known_as in KIND_WORDS.items()
    for words in (known_as, *_OTHER_WORDS[kind])
}
_TRUE_OR_FALSE = {"true or false", "true/false", "truefalse", "tf"}
_TRUTH = {"true": 0, "t": 0, "yes": 0, "false": 1, "f": 1, "no": 1}

_BETWEEN = re.compile(r"[\s,;.&+]+(?:and\s+)?")
_NUMBER = re.compile(r"[0-9]{1,3}")
_LETTER = re.compile(r"[A-Za-z]")
_GAP = re.compile(r"\[?(?:gap )?([0-9]{1,2})\]?", re.IGNORECASE)

WITH_RIGHT_ONES = Question.CHOOSE_ONE | {Kind.MANY, Kind.GAPS}


def read_answers(row: Row) -> Meaning | None:
    """Without a kind, which is a fault, there is no meaning."""
    options = [*_options(row)]
    kind = _kind(row, options)
    if kind is None:
        return None
    if not options and row.text("kind").casefold() in _TRUE_OR_FALSE:
        options = [OptionDraft(_("True"), column=1), OptionDraft(_("False"), column=2)]
    if kind == Kind.TEXT and not options and (wording := row.single_line("right")):
        options = [OptionDraft(wording, column=1)]
    options = options if str(kind) in Question.WITH_OPTIONS else []
    return Meaning(
        kind,
        called(kind),
        row.text("explanation"),
        tuple(_settled(row, kind, options)),
        number=_number(row) if kind == Kind.NUMBER else None,
        tolerance=abs(row.number("tolerance") or Decimal(0)) if kind == Kind.NUMBER else Decimal(0),
        model_answer=row.text("model_answer") if kind == Kind.SAY else "",
    )


def _number(row: Row) -> Decimal | None:
    words = row.text("number")
    if words or not row.text("right"):
        return row.number("number")
    return row.number("right")


def _kind(row: Row, options: list[OptionDraft]) -> Kind | None:
    words = " ".join(row.text("kind").casefold().split())
    if not words:
        return _guessed(row, options)
    if words in _TRUE_OR_FALSE:
        return Kind.ONE
    if kind := _KINDS.get(words):
        return kind
    known = ", ".join(KIND_WORDS.values())
    near = did_you_mean(words[:64], _KINDS, most=1)
    row.refuse(
        "kind",
        _("“%(words)s” is no kind of question.") % {"words": words[:40]},
        near or _("Write one of these: %(known)s.") % {"known": known},
    )
    return None


def _guessed(row: Row, options: list[OptionDraft]) -> Kind | None:
    if row.text("number") and not options:
        return Kind.NUMBER
    if row.text("model_answer") and not options:
        return Kind.SAY
    if options and not any(option.pair for option in options) and row.text("right"):
        return Kind.MANY if len(_right_numbers(row, options)) > 1 else Kind.ONE
    row.refuse(
        "kind",
        _("Nothing says what kind of question this is."),
        _("Write one of these: %(known)s.") % {"known": ", ".join(KIND_WORDS.values())},
    )
    return None


def _options(row: Row) -> Iterator[OptionDraft]:
    for number in row.columns.options:
        text, pair = row.part(number, OPTION), row.part(number, PAIR)
        feedback = row.part(number, FEEDBACK)
        if text or pair:
            yield OptionDraft(text, feedback=feedback, pair=pair, column=number)
        elif feedback:
            row.refuse(
                f"{FEEDBACK} {number}",
                _("it belongs to no option."),
                _("Write the option, or take the words out."),
            )


def _settled(row: Row, kind: Kind, options: list[OptionDraft]) -> Iterator[OptionDraft]:
    right = _right_numbers(row, options) if kind in WITH_RIGHT_ONES else set()
    is_all_right = kind == Kind.GAPS and not row.text("right")
    for option in options:
        if not option.text and kind != Kind.MATCH:
            row.refuse(
                f"{OPTION} {option.column}",
                _("this cell is empty, and “%(pair)s” isn't.")
                % {"pair": f"{PAIR} {option.column}"},
                _("Write the option, or take out what belongs to it."),
            )
        pair = option.pair if str(kind) in WITH_PAIRS else ""
        if kind == Kind.GAPS and (found := _GAP.fullmatch(pair)):
            pair = str(int(found[1]))
        yield replace(option, is_right=is_all_right or option.column in right, pair=pair)


def _right_numbers(row: Row, options: list[OptionDraft]) -> set[int]:
    """The numbers of columns; a letter, or the very words of an option, do as well."""
    words = row.single_line("right")
    parts = [part for part in _BETWEEN.split(words) if part]
    columns = {option.column for option in options}
    numbers = [_number_of(part) for part in parts]
    if columns.issuperset(numbers):
        return {number for number in numbers if number}
    named = {one_line(option.text).casefold(): option.column for option in options}
    if words.casefold() in named:
        return {named[words.casefold()]}
    if len(options) == 2 and (place := _TRUTH.get(words.casefold())) is not None:
        return {options[place].column}
    row.refuse(
        "right",
        _("“%(words)s” names no option.") % {"words": words[:40]},
        _("Write the numbers of the right options with blanks between them, like 1 3."),
    )
    return set()


def _number_of(part: str) -> int:
    if _NUMBER.fullmatch(part):
        return int(part)
    return letter_number(part) if _LETTER.fullmatch(part) else 0
