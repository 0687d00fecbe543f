"""What can stand in a GIFT file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


def gettext_noop(message: str) -> str:
    """Marks a sentence for the translators; whoever shows the fault translates it."""
    return message


class Shape(Enum):
    """What the braces hold."""

    CHOICE = "choice"
    TRUE_FALSE = "true or false"
    NUMBER = "number"
    TEXT = "short answer"
    MATCHING = "matching"
    ESSAY = "essay"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class GiftFault:
    """One question that can't be read, and what to write instead.

    `message` and `remedy` are marked but not translated; `params` belong into the message. `name`
    is how the question begins, to find it by.
    """

    line: int
    message: str
    remedy: str
    params: Mapping[str, str] = field(default_factory=dict)
    name: str = ""


class UnreadableError(Exception):
    def __init__(self, message: str, remedy: str, params: Mapping[str, str] | None = None) -> None:
        self.message, self.remedy, self.params = message, remedy, params or {}
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class GiftText:
    """A text and the format it says it is in: html, markdown, plain, moodle or nothing."""

    text: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class GiftOption:
    """`weight` is in percent: 100 where it is simply right, 0 where it is simply wrong."""

    text: GiftText
    weight: Decimal
    is_marked_right: bool
    feedback: GiftText = GiftText()
    pair: GiftText = GiftText()


@dataclass(frozen=True, slots=True)
class GiftAnswers:
    """`options` of a number are the figures that the file gives, with their words."""

    shape: Shape
    options: tuple[GiftOption, ...] = ()
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    feedback: GiftText = GiftText()


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    line: int
    category: str
    category_line: int
    title: str
    stem: GiftText
    answers: GiftAnswers
    id: str = ""
    tags: tuple[str, ...] = ()
