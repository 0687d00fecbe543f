"""What may be asked of the list of people; it stands in the address."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.models import Department
from departments.reports.structure import department_choices
from knowledge.forms import LenientChoiceField, ListForm, WordsField


class PeopleListForm(ListForm):
    q = WordsField(gettext_lazy("Name or e-mail"))
    in_department = LenientChoiceField(label=gettext_lazy("Department"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["in_department"]
        chooser.choices = [("", _("Any department")), *department_choices(day)]

    @property
    def department(self) -> Department | None:
        key = self.chosen("in_department")
        return Department.objects.filter(pk=key).first() if key else None
