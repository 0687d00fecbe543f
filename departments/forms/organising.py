"""The tree of departments and who leads them: one form for each thing that can happen."""

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from departments.actions.leading import appoint_deputy, appoint_head, end_headship
from departments.actions.organisation import (
    add_department,
    close_department,
    merge_departments,
    move_department,
    rename_department,
)
from departments.forms.days import day_field
from departments.forms.organisation_acts import ActForm, DepartmentField, PersonField
from departments.models import Department, Headship
from departments.reports.structure import department_choices


class DepartmentForm(ActForm):
    """An act on one department."""

    department: Department

    def __init__(
        self, *args: Any, department: Department, people: QuerySet[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.department = department
        other: Any = self.fields.get("other")
        if other:
            other.offer(department_choices(self.day), but=department.pk)
        person: Any = self.fields.get("person")
        if person:
            person.people = people
            self.fields["starts_on"].initial = self.day

    @property
    def into(self) -> Department | None:
        """Where its people go; nothing where they stay."""
        return None


def name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Name"),
        max_length=Department.name.field.max_length,
        error_messages={
            "required": _("Write a name"),
            "max_length": _("Write no more than 100 letters"),
        },
    )


class AddForm(DepartmentForm):
    heading = _("Add a part")
    button = _("Add")

    name = name_field()

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        add_department(name=self.cleaned_data["name"], parent=self.department, by=by, at=at)


class RenameForm(DepartmentForm):
    heading = _("Rename")
    button = _("Rename")

    name = name_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = self.department.name

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        name = self.cleaned_data["name"]
        rename_department(department=self.department, name=name, by=by, at=at)


class PutUnderForm(DepartmentForm):
    heading = _("Move")
    button = _("Move")

    other = DepartmentField(label=_("To stand under"))

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        parent = self.cleaned_data["other"]
        move_department(department=self.department, parent=parent, by=by, at=at)


class MergeForm(DepartmentForm):
    heading = _("Merge into another")
    button = _("Merge")

    other = DepartmentField(
        label=_("To become a part of"),
        help_text=_("Its people, and the departments below it, go over today."),
    )

    @property
    def into(self) -> Department | None:
        into: Department = self.cleaned_data["other"]
        return into

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        into = self.cleaned_data["other"]
        merge_departments(merged=self.department, into=into, by=by, at=at)


class CloseForm(DepartmentForm):
    heading = _("Close")
    button = _("Close")

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        close_department(department=self.department, by=by, at=at)


class DeputyForm(DepartmentForm):
    heading = _("Name a deputy")
    button = _("Name her")

    person = PersonField()
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Last day"), required=False, help_text=_("Empty: until further notice."))

    @property
    def counts_on(self) -> date:
        starts_on: date = self.cleaned_data["starts_on"]
        return max(self.day, starts_on)

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        appoint_deputy(department=self.department, **self.cleaned_data, by=by, at=at)


class HeadForm(DeputyForm):
    heading = _("Name a head")

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        appoint_head(department=self.department, **self.cleaned_data, by=by, at=at)


class EndHeadshipForm(DepartmentForm):
    """Which headship it is stands in the address."""

    heading = _("End a headship")
    button = _("End")
    kinds: ClassVar[tuple[str, ...]] = tuple(Headship.Kind.values)

    headship = forms.CharField(widget=forms.HiddenInput)
    last_day = day_field(
        _("Last day"), help_text=_("From the next day on, nothing here is open to her.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = self.day

    def clean_headship(self) -> Headship:
        asked = self.cleaned_data["headship"]
        led = Headship.objects.filter(department=self.department, kind__in=self.kinds)
        found = led.select_related("person").filter(pk=asked).first() if asked.isdecimal() else None
        if found is None:
            raise ValidationError(_("This has ended meanwhile"))
        return found

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        end_headship(**self.cleaned_data, by=by, at=at)


class EndDeputyForm(EndHeadshipForm):
    heading = _("End a deputy’s time")
    kinds = (Headship.Kind.DEPUTY,)


DEPARTMENT_ACTS: dict[str, type[DepartmentForm]] = {
    "add": AddForm,
    "rename": RenameForm,
    "move": PutUnderForm,
    "merge": MergeForm,
    "close": CloseForm,
    "head": HeadForm,
    "deputy": DeputyForm,
    "end-headship": EndHeadshipForm,
}
DEPUTY_ACTS: dict[str, type[DepartmentForm]] = {"name": DeputyForm, "end": EndDeputyForm}
