"""A question in the words in which somebody was asked it.

**Guarantee.** What was drawn for a sitting stays as it was drawn: its words, its options and its
key, whatever an editor does to the question meanwhile or later. An answer is marked by the key of
the words that its author saw.

**Versions.** Two wordings are the same version where all that is asked and all that decides whether
an answer is right is the same (`fingerprint`). What is told afterwards, the explanation and the
feedback on an option, may be bettered without making another version.

**Gaps.** In a text with gaps, `[1]`, `[2]`… stand for the gaps. Options whose `pair` is "1" belong
to the first: where all of them are right the gap is typed, and they are the wordings accepted;
where one is wrong, the gap is a choice between them.

**Pairs.** In a matching question `text` is what stands on the left and `pair` what belongs to it.
An option without a text only adds one more thing to choose from.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from quizzes.scoring import (
    AnswerKey,
    ChooseKey,
    Gap,
    GapsKey,
    MatchKey,
    NumberKey,
    OrderKey,
    SayKey,
    TextKey,
)

CURRENCY_SIGNS = frozenset({"£", "€", "$", "¥"})
_GAP = re.compile(r"\[(\d{1,2})\]")


class Kind(StrEnum):
    ONE = "one"
    MANY = "many"
    NUMBER = "number"
    TEXT = "text"
    ORDER = "order"
    SCENARIO = "scenario"
    SAY = "say"
    REASON = "reason"
    MATCH = "match"
    GAPS = "gaps"


@dataclass(frozen=True, slots=True)
class AskedOption:
    """One thing to choose, to place, to match or to accept. Responses name it by its `pk`."""

    pk: int
    text: str
    is_right: bool = False
    pair: str = ""
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One version of a question; `explanation` and each `feedback` are told after the answer."""

    kind: str
    stem: str
    situation: str = ""
    picture: int | None = None
    picture_alt: str = ""
    options: tuple[AskedOption, ...] = ()
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    slips: int = 0
    model_answer: str = ""
    explanation: str = ""

    @property
    def has_currency(self) -> bool:
        """Whether the unit is written before the number, as in £50."""
        return self.unit in CURRENCY_SIGNS

    @property
    def parts(self) -> list[str | int]:
        """A text with gaps, cut: words, and the numbers of the gaps between them."""
        return list(parts_of(self.stem))

    @property
    def premises(self) -> list[AskedOption]:
        """What stands on the left of a matching question."""
        return [option for option in self.options if option.text]

    def options_of_gap(self, number: int) -> list[AskedOption]:
        return [option for option in self.options if option.pair == str(number)]

    def is_typed(self, number: int) -> bool:
        return all(option.is_right for option in self.options_of_gap(number))

    @property
    def key(self) -> AnswerKey:
        return _KEYS.get(self.kind, _choose_key)(self)

    @property
    def asked_json(self) -> dict[str, Any]:
        """What is asked, and what decides whether an answer is right."""
        return {
            "kind": str(self.kind),
            "stem": self.stem,
            "situation": self.situation,
            "picture": self.picture,
            "picture_alt": self.picture_alt,
            "options": [
                {"pk": o.pk, "text": o.text, "is_right": o.is_right, "pair": o.pair}
                for o in self.options
            ],
            "number": None if self.number is None else _figure(self.number),
            "tolerance": _figure(self.tolerance),
            "unit": self.unit,
            "slips": self.slips,
            "model_answer": self.model_answer,
        }

    @property
    def told_json(self) -> dict[str, Any]:
        """What is told after the answer; feedback in the order of the options."""
        return {
            "explanation": self.explanation,
            "feedback": [option.feedback for option in self.options],
        }


def _choose_key(asked: Asked) -> ChooseKey:
    return ChooseKey(
        frozenset(option.pk for option in asked.options if option.is_right),
        frozenset(option.pk for option in asked.options if not option.is_right),
    )


def _number_key(asked: Asked) -> NumberKey:
    return NumberKey(asked.number or Decimal(0), asked.tolerance)


def _text_key(asked: Asked) -> TextKey:
    return TextKey(tuple(option.text for option in asked.options), slips=asked.slips)


def _order_key(asked: Asked) -> OrderKey:
    return OrderKey(tuple(option.pk for option in asked.options))


def _match_key(asked: Asked) -> MatchKey:
    alike: dict[str, set[int]] = {}
    for option in asked.options:
        alike.setdefault(option.pair, set()).add(option.pk)
    return MatchKey({one.pk: frozenset(alike[one.pair]) for one in asked.premises})


def _gaps_key(asked: Asked) -> GapsKey:
    return GapsKey({number: _gap(asked, number) for number in gaps_of(asked.stem)})


def _gap(asked: Asked, number: int) -> Gap:
    options = asked.options_of_gap(number)
    if asked.is_typed(number):
        return Gap(accepted=tuple(option.text for option in options), slips=asked.slips)
    return Gap(right=frozenset(option.pk for option in options if option.is_right))


_KEYS: dict[str, Callable[[Asked], AnswerKey]] = {
    Kind.NUMBER: _number_key,
    Kind.TEXT: _text_key,
    Kind.ORDER: _order_key,
    Kind.SAY: lambda _asked: SayKey(),
    Kind.MATCH: _match_key,
    Kind.GAPS: _gaps_key,
}


def asked_from(asked: Mapping[str, Any], told: Mapping[str, Any]) -> Asked:
    """The version that `asked_json` and `told_json` kept."""
    feedback = told["feedback"]
    options = tuple(
        AskedOption(**option, feedback=words)
        for option, words in zip(asked["options"], feedback, strict=True)
    )
    rest = {name: value for name, value in asked.items() if name != "options"}
    number = rest.pop("number")
    return Asked(
        **{**rest, "tolerance": Decimal(rest["tolerance"])},
        number=None if number is None else Decimal(number),
        options=options,
        explanation=told["explanation"],
    )


def by_the_key_of(asked: Asked, words: Mapping[str, Any]) -> Asked:
    """A question in corrected words; what is told of an option stays with it."""
    feedback = {option.pk: option.feedback for option in asked.options}
    told = {
        "explanation": asked.explanation,
        "feedback": [feedback.get(option["pk"], "") for option in words["options"]],
    }
    return asked_from(words, told)


def fingerprint(asked: Mapping[str, Any]) -> str:
    """The same for the same question, whichever rows its options stand in."""
    options = [{k: v for k, v in option.items() if k != "pk"} for option in asked["options"]]
    text = json.dumps({**asked, "options": options}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def gaps_of(stem: str) -> list[int]:
    """The numbers of the gaps in a text, in their order, each once."""
    return list(dict.fromkeys(part for part in parts_of(stem) if isinstance(part, int)))


def parts_of(stem: str) -> Iterator[str | int]:
    pieces: Sequence[str] = _GAP.split(stem)
    for place, piece in enumerate(pieces):
        if place % 2:
            yield int(piece)
        elif piece:
            yield piece


def _figure(number: Decimal) -> str:
    return f"{number.normalize():f}"
