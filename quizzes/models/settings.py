from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import PreviewableMixin

from quizzes.memory import MemoryRules


@register_setting(icon="tasks")
class QuizSettings(PreviewableMixin, BaseGenericSetting):
    """What the organisation asks of its quizzes, and how its dates are reckoned.

    What other values would do is shown as a preview, before they are saved.
    """

    questions_drawn = models.PositiveSmallIntegerField(
        _("questions in a quiz"), default=6, validators=[MinValueValidator(1)]
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, %"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("What you show today."),
    )
    keep_line = models.PositiveSmallIntegerField(
        _("keep line, %"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("What we expect you still to know on your date."),
    )
    floor_days = models.PositiveSmallIntegerField(
        _("floor, days"), default=14, validators=[MinValueValidator(1)]
    )
    cap_days = models.PositiveSmallIntegerField(
        _("cap, days"), default=180, validators=[MinValueValidator(1)]
    )
    fresh_line = models.PositiveSmallIntegerField(
        _("fresh line, %"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("Practice is offered from the day on which less is expected."),
    )
    first_practice_days = models.PositiveSmallIntegerField(
        _("first practice, days after a pass"), default=3, validators=[MinValueValidator(1)]
    )
    practice_share = models.PositiveSmallIntegerField(
        _("right answers that make a practice count, %"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    # How much longer people remember here than the model's defaults say; see *How good are our
    # dates?*, which alone sets it.
    stretch = models.FloatField(default=1.0, editable=False)

    panels: ClassVar = [
        HelpPanel(
            _(
                "The preview (the button at the top right) shows what your values would do before "
                "you save them. No date that was given moves by them: each is reckoned anew when "
                "its person next passes or practises."
            )
        ),
        FieldPanel("questions_drawn"),
        FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("keep_line")]),
        FieldRowPanel(
            [
                FieldPanel("floor_days", help_text=_("A pass lasts so long at least.")),
                FieldPanel("cap_days", help_text=_("And never longer than this.")),
            ]
        ),
        FieldRowPanel([FieldPanel("fresh_line"), FieldPanel("first_practice_days")]),
        FieldPanel("practice_share"),
    ]

    class Meta:
        verbose_name = _("Quizzes and dates")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(floor_days__lte=models.F("cap_days")),
                name="quizzes_floor_below_cap",
                violation_error_message=_("The floor can't be more days than the cap."),
            )
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        super().clean()
        wrong: dict[str, Any] = {}
        if _is_above(self.floor_days, self.cap_days):
            wrong["floor_days"] = _("The floor can't be more days than the cap.")
        if _is_above(self.keep_line, self.fresh_line) or self.keep_line == self.fresh_line:
            wrong["fresh_line"] = _(
                "The fresh line has to be above the keep line: practice is offered before the date."
            )
        if wrong:
            raise ValidationError(wrong)

    def get_preview_template(self, *_asked: Any) -> str:
        return "quizzes/settings_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return {**context, "changed": self}

    def fill_in_from(self, stored: Self) -> None:
        """What was left empty is as it is stored."""
        for field in self._meta.concrete_fields:
            if getattr(self, field.attname) is None:
                setattr(self, field.attname, getattr(stored, field.attname))

    @property
    def rules(self) -> MemoryRules:
        return MemoryRules(
            pass_mark=self.pass_mark / 100,
            keep_line=self.keep_line / 100,
            floor_days=self.floor_days,
            cap_days=self.cap_days,
            fresh_line=self.fresh_line / 100,
            first_practice_days=self.first_practice_days,
            practice_share=self.practice_share / 100,
            stretch=self.stretch,
        )


def _is_above(one: int | None, other: int | None) -> bool:
    """Nothing is above what wasn't filled in yet, which a preview may find."""
    return one is not None and other is not None and one > other
