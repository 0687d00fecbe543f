"""Answers of several parts, each with a field of its own: no dragging, and no script needed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.asking import AskedOption, gaps_of
from quizzes.forms.answers import AnswerForm, Response, numbered

CHOOSE = ("", _("Choose"))
BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text with gaps, or the field of one gap."""

    words: str = ""
    field: forms.BoundField | None = None
    # The sentence that the gap stands in, for whoever hears one gap at a time.
    sentence: str = ""


class OrderForm(AnswerForm):
    """One select per step. A script turns the selects into buttons that move the steps."""

    def offer(self) -> None:
        places = [CHOOSE, *((place, place) for place in range(1, len(self.options) + 1))]
        self.add_parts(
            {
                name: forms.TypedChoiceField(
                    label=option.text,
                    coerce=int,
                    choices=places,
                    error_messages={
                        "required": _("Choose a place for “%(step)s”") % {"step": option.text}
                    },
                )
                for name, option in zip(self.place_names, self.options.values(), strict=True)
            }
        )

    @property
    def place_names(self) -> list[str]:
        return [f"place_{number}" for number in self.options]

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[name] for name in self.place_names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given: list[int] = [cleaned[name] for name in self.place_names if name in cleaned]
        if len(given) == len(self.options) and len(set(given)) < len(given):
            taken = next(place for place in given if given.count(place) > 1)
            message = _("Two steps have place %(place)s. Give each step its own.")
            self.add_error(self.place_names[given.index(taken)], message % {"place": taken})
        return cleaned

    @property
    def response(self) -> Response:
        in_order = sorted(
            zip(self.place_names, self.options.values(), strict=True),
            key=lambda placed: self.cleaned_data[placed[0]],
        )
        return [option.pk for _name, option in in_order]


class MatchForm(AnswerForm):
    """One select per premise. All offer the same: each different thing once, by the alphabet,

    so that its place says nothing of what it belongs to.
    """

    def offer(self) -> None:
        choices = [CHOOSE, *((number, match.pair) for number, match in self.matches.items())]
        self.add_parts(
            {
                f"match_{number}": forms.TypedChoiceField(
                    label=premise.text,
                    coerce=int,
                    choices=choices,
                    error_messages={
                        "required": _("Choose what belongs to “%(premise)s”")
                        % {"premise": premise.text}
                    },
                )
                for number, premise in self.premises.items()
            }
        )

    @cached_property
    def premises(self) -> dict[int, AskedOption]:
        return {number: option for number, option in self.options.items() if option.text}

    @cached_property
    def matches(self) -> dict[int, AskedOption]:
        # Of those that read the same everybody chooses the first, whatever she was dealt.
        written = reversed(self.asked.options)
        different = {option.pair: option for option in written if option.pair}
        in_order = sorted(different.values(), key=lambda option: option.pair.casefold())
        return dict(enumerate(in_order, start=1))

    @property
    def pairs(self) -> list[forms.BoundField]:
        return [self[f"match_{number}"] for number in self.premises]

    @property
    def response(self) -> Response:
        return {
            str(premise.pk): self.matches[self.cleaned_data[f"match_{number}"]].pk
            for number, premise in self.premises.items()
        }


class GapsForm(AnswerForm):
    """One input or select per gap, each in its place in the text."""

    def offer(self) -> None:
        self.add_parts(
            {
                f"gap_{gap}": self.typed(place) if self.asked.is_typed(gap) else self.chosen(place)
                for place, gap in enumerate(self.gaps, start=1)
            }
        )

    @cached_property
    def gaps(self) -> list[int]:
        return gaps_of(self.asked.stem)

    def label(self, place: int) -> str:
        return gettext("Gap %(place)s of %(total)s") % {"place": place, "total": len(self.gaps)}

    def typed(self, place: int) -> forms.Field:
        return forms.CharField(
            label=self.label(place),
            max_length=200,
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
            error_messages={
                "required": _("Gap %(place)s: write what belongs there") % {"place": place}
            },
        )

    def chosen(self, place: int) -> forms.Field:
        return forms.TypedChoiceField(
            label=self.label(place),
            coerce=int,
            choices=[CHOOSE, *numbered(self.options_of(self.gaps[place - 1]).items())],
            error_messages={
                "required": _("Gap %(place)s: choose what belongs there") % {"place": place}
            },
        )

    def options_of(self, gap: int) -> dict[int, AskedOption]:
        return {n: option for n, option in self.options.items() if option.pair == str(gap)}

    @property
    def pieces(self) -> Iterator[Piece]:
        """The text as it is drawn; a gap that comes again is named, and filled only once."""
        filled: set[int] = set()
        for part in self.asked.parts:
            if isinstance(part, str):
                yield Piece(words=part)
            elif part in filled:
                yield Piece(words=self.named(part))
            else:
                filled.add(part)
                yield Piece(field=self[f"gap_{part}"], sentence=self.sentence_around(part))

    def sentence_around(self, gap: int) -> str:
        this = gettext("(this gap)")
        names = {other: self.named(other) for other in self.gaps} | {gap: this}
        text = "".join(part if isinstance(part, str) else names[part] for part in self.asked.parts)
        return next((one for one in BETWEEN_SENTENCES.split(text) if this in one), text)

    def named(self, gap: int) -> str:
        return gettext("(gap %(place)s)") % {"place": self.gaps.index(gap) + 1}

    @property
    def response(self) -> Response:
        filled: dict[str, int | str] = {}
        for gap in self.gaps:
            given = self.cleaned_data[f"gap_{gap}"]
            filled[str(gap)] = given if self.asked.is_typed(gap) else self.options[given].pk
        return filled
