"""Ways to narrow the list of questions."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from knowledge.models import Fact, ModulePage
from quizzes.models import Citation, ItemReview, Question
from quizzes.reports.items import items_of
from quizzes.viewsets.advice import STATES

STATE_CHOICES = [
    ("live", _("Live")),
    ("changed", _("Live, with changes to publish")),
    ("held", _("Held back")),
    ("draft", _("Draft")),
    ("unexplained", _("No explanation")),
]
WEIGHT_CHOICES = [
    ("must-know", _("Must know")),
    ("by-heart", _("By heart")),
    ("look-up", _("Look it up")),
]


def cited_facts(*_asked: Any) -> list[tuple[str, str]]:
    cited = Citation.objects.filter(question__contrasts=None).values("fact_key")
    facts = Fact.objects.filter(key__in=cited).order_by("brief__title", "sort_order", "pk")
    rows = facts.values_list("key", "brief__title", "title")
    return list(dict.fromkeys((key, f"{brief}: {title}") for key, brief, title in rows))


def listed_questions() -> Any:
    """What the list shows, with `is_held`: whether figures hold it back."""
    reviews = ItemReview.objects.open().filter(version__question=OuterRef("pk"))
    return Question.objects.written().annotate(is_held=Exists(reviews))


class QuestionFilterSet(WagtailFilterSet):
    """Each finds what its column shows."""

    module = django_filters.ModelChoiceFilter(
        label=_("Module"),
        queryset=lambda _request: ModulePage.objects.in_source_language().order_by("title"),
    )
    fact = django_filters.ChoiceFilter(label=_("Fact"), choices=cited_facts, method="citing")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Question.Kind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATE_CHOICES, method="in_state")
    weight = django_filters.ChoiceFilter(
        label=_("How it counts"), choices=WEIGHT_CHOICES, method="of_weight"
    )
    statistics = django_filters.ChoiceFilter(
        label=_("Figures"),
        choices=[(state.value, words) for state, words in STATES.items()],
        method="with_figures",
    )

    class Meta:
        model = Question
        fields: ClassVar[list[str]] = []

    def citing(self, questions: QuerySet[Question], _name: str, key: str) -> Any:
        return questions.filter(pk__in=Citation.objects.filter(fact_key=key).values("question"))

    def in_state(self, questions: QuerySet[Question], _name: str, value: str) -> Any:
        asked: dict[str, dict[str, Any]] = {
            "live": {"live": True, "is_held": False},
            "changed": {"live": True, "has_unpublished_changes": True},
            "held": {"is_held": True},
            "draft": {"live": False},
            "unexplained": {"explanation": ""},
        }
        found = questions.filter(**asked[value])
        return found.exclude(kind=Question.Kind.SAY) if value == "unexplained" else found

    def of_weight(self, questions: QuerySet[Question], _name: str, value: str) -> Any:
        asked: dict[str, dict[str, bool]] = {
            "must-know": {"is_must_know": True},
            "by-heart": {"is_must_know": False, "is_look_up": False},
            "look-up": {"is_must_know": False, "is_look_up": True},
        }
        return questions.filter(**asked[value])

    def with_figures(self, questions: QuerySet[Question], _name: str, value: str) -> Any:
        items = items_of(questions)
        return questions.filter(pk__in=[pk for pk, item in items.items() if item.state == value])
