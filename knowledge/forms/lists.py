"""What a reader may ask of a list. It stands in the list's address, so that it can be kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.models import PromisePage
from knowledge.spelling import MOST_QUERY_LETTERS, tidied


class LenientChoiceField(forms.ChoiceField):
    """A choice in an address: one that isn't there is no choice, and no fault either."""

    def __init__(self, *, label: Any, choices: Any = ()) -> None:
        super().__init__(label=label, choices=choices, required=False)

    def clean(self, value: Any) -> str:
        return str(value) if self.valid_value(value) else ""


class WordsField(forms.CharField):
    """What to look for. Whatever is pasted is cut, not refused."""

    widget = forms.SearchInput

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False)
        self.widget.attrs["maxlength"] = MOST_QUERY_LETTERS

    def clean(self, value: Any) -> str:
        return tidied(str(value or ""))


class ListForm(forms.Form):
    """The words and filters above a list."""

    @property
    def words(self) -> str:
        return self.chosen("q")

    @property
    def is_narrowed(self) -> bool:
        return any(self.chosen(name) for name in self.fields)

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")) if self.is_valid() else ""


class BriefListForm(ListForm):
    STAFF_ONLY = "staff-only"

    q = WordsField(_("Find a brief"))
    promise = LenientChoiceField(label=_("About a promise"))
    only = LenientChoiceField(
        label=_("Show"), choices=[("", _("All briefs")), (STAFF_ONLY, _("Staff only for now"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promises = PromisePage.objects.open_to_colleagues().order_by("title")
        named = list(promises.values_list("slug", "title"))
        promise: Any = self.fields["promise"]
        promise.choices = [("", _("Any promise")), *named]


class PromiseListForm(ListForm):
    MINE, MADE, PILOT = "my-part", "made", "pilot"

    q = WordsField(_("Find a promise"))
    only = LenientChoiceField(
        label=_("Show"),
        choices=[
            ("", _("All promises")),
            (MINE, _("My department has a part")),
            (MADE, _("Promises we make")),
            (PILOT, _("Pilots")),
        ],
    )

    @property
    def wants_own_part(self) -> bool:
        return self.chosen("only") == self.MINE

    @property
    def is_pilot(self) -> bool | None:
        return {self.MADE: False, self.PILOT: True}.get(self.chosen("only"))


class ModuleListForm(ListForm):
    TO_DO, READY = "to-do", "ready"

    q = WordsField(_("Find a module"))
    state = LenientChoiceField(
        label=_("Show"),
        choices=[("", _("All modules")), (TO_DO, _("To do")), (READY, _("Ready"))],
    )

    @property
    def state_asked(self) -> str:
        return self.chosen("state")
