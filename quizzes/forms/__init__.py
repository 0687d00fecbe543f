from collections.abc import Mapping
from typing import Any

from quizzes.asking import Asked, AskedOption, Kind
from quizzes.forms.answers import (
    AnswerForm,
    ChooseManyForm,
    ChooseOneForm,
    NumberForm,
    OwnMarkForm,
    Response,
    SayForm,
    TextForm,
)
from quizzes.forms.parts import GapsForm, MatchForm, OrderForm

__all__ = ["FORM_FOR_KIND", "AnswerForm", "OwnMarkForm", "Response", "answer_form"]

FORM_FOR_KIND: dict[str, type[AnswerForm]] = {
    Kind.ONE: ChooseOneForm,
    Kind.SCENARIO: ChooseOneForm,
    Kind.REASON: ChooseOneForm,
    Kind.MANY: ChooseManyForm,
    Kind.NUMBER: NumberForm,
    Kind.TEXT: TextForm,
    Kind.ORDER: OrderForm,
    Kind.SAY: SayForm,
    Kind.MATCH: MatchForm,
    Kind.GAPS: GapsForm,
}


def answer_form(
    asked: Asked,
    options: Mapping[int, AskedOption],
    data: Any | None = None,
    initial: Mapping[str, Any] | None = None,
) -> AnswerForm:
    """`options` by the numbers under which this person sees them; `initial` is what she typed
    before and didn't send, by the names of the fields."""
    form = FORM_FOR_KIND[asked.kind]
    return form(data, initial=dict(initial or {}), asked=asked, options=options)
