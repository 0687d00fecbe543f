"""Where somebody works: one form for each thing that can happen to it."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from departments.actions.correcting import correct_membership, set_leave
from departments.actions.memberships import Place
from departments.actions.placing import (
    add_second_department,
    end_employment,
    end_membership,
    move_person,
    place_person,
)
from departments.forms.days import day_field
from departments.forms.organisation_acts import (
    ActForm,
    DepartmentField,
    level_field,
    reason_field,
    title_field,
)
from departments.models import Membership
from departments.reports.directory import PersonFile
from departments.reports.structure import department_choices


class PersonForm(ActForm):
    """An act on one person's places; `file` is what is known of them."""

    def __init__(
        self, *args: Any, person: AbstractBaseUser, file: PersonFile, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.file = person, file
        department: Any = self.fields.get("department")
        if department:
            department.offer(department_choices(self.day))
        for name, value in self.known().items():
            self.fields[name].initial = value

    def known(self) -> dict[str, Any]:
        """What the form begins with."""
        return {}


class PlaceForm(PersonForm):
    heading = _("A home department")
    button = _("Place")

    department = DepartmentField(label=_("Department"))
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Last day"), required=False, help_text=_("Empty: for good."))
    title = title_field()
    level = level_field()

    def known(self) -> dict[str, Any]:
        return {"starts_on": self.day}

    @property
    def place(self) -> Place:
        return Place(**self.cleaned_data)

    @property
    def counts_on(self) -> date:
        starts_on: date = self.cleaned_data["starts_on"]
        return max(self.day, starts_on)

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        place_person(person=self.person, place=self.place, by=by, at=at)


class SecondForm(PlaceForm):
    heading = _("A second department")
    button = _("Add")

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        add_second_department(person=self.person, place=self.place, by=by, at=at)


class MoveForm(PersonForm):
    heading = _("Move to another department")
    button = _("Move")

    department = DepartmentField(label=_("To"))
    starts_on = day_field(_("First day there"))
    title = title_field()
    level = level_field()
    reason = reason_field()

    def known(self) -> dict[str, Any]:
        home = self.file.home
        told = {"title": home.title, "level": home.level} if home else {}
        return {"starts_on": self.day, **told}

    @property
    def counts_on(self) -> date:
        starts_on: date = self.cleaned_data["starts_on"]
        return max(self.day, starts_on)

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        columns = dict(self.cleaned_data)
        reason = columns.pop("reason")
        move_person(person=self.person, place=Place(**columns), reason=reason, by=by, at=at)


class LeaveForm(PersonForm):
    heading = _("Long leave")
    button = _("Save")

    leave_from = day_field(
        _("First day away"), required=False, help_text=_("Leave both empty if there is no leave.")
    )
    leave_to = day_field(_("Last day away"), required=False, help_text=_("Empty: not known yet."))

    def known(self) -> dict[str, Any]:
        leave = self.file.leave
        return {"leave_from": leave.leave_from, "leave_to": leave.leave_to} if leave else {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_empty = all(cleaned.get(name, "") is None for name in ("leave_from", "leave_to"))
        if is_empty and not self.file.leave:
            self.add_error("leave_from", _("Choose the first day of the leave"))
        return cleaned

    @property
    def counts_on(self) -> date:
        leave_from: date | None = self.cleaned_data["leave_from"]
        return max(self.day, leave_from) if leave_from else self.day

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        set_leave(person=self.person, **self.cleaned_data, by=by, at=at)


class LeavingForm(PersonForm):
    heading = _("Leaves the organisation")
    button = _("End her time here")

    last_day = day_field(_("Last day"))
    reason = reason_field()

    def known(self) -> dict[str, Any]:
        return {"last_day": self.day}

    @property
    def counts_on(self) -> date:
        last_day: date = self.cleaned_data["last_day"]
        return max(self.day, last_day + timedelta(days=1))

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        end_employment(person=self.person, **self.cleaned_data, by=by, at=at)


class OfOnePlaceForm(PersonForm):
    """Which of her places it is stands in the address."""

    place = forms.CharField(widget=forms.HiddenInput)

    def clean_place(self) -> Membership:
        places = {str(each.pk): each for each in self.file.places}
        asked = self.cleaned_data["place"]
        if asked not in places:
            raise ValidationError(_("This place is gone. Go back to her page"))
        return places[asked]

    @property
    def asked_place(self) -> Membership | None:
        asked = (self.data or self.initial).get("place")
        return next((each for each in self.file.places if str(each.pk) == asked), None)


class CorrectForm(OfOnePlaceForm):
    heading = _("Put a place right")
    button = _("Put right")

    title = title_field()
    level = level_field()
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"), required=False, help_text=_("Empty: for good."))
    reason = reason_field()

    def known(self) -> dict[str, Any]:
        place = self.asked_place
        names = ("title", "level", "starts_on", "ends_on")
        return {name: getattr(place, name) for name in names} if place else {}

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        columns = dict(self.cleaned_data)
        membership, reason = columns.pop("place"), columns.pop("reason")
        place = Place(department=membership.department, **columns)
        correct_membership(membership=membership, place=place, reason=reason, by=by, at=at)


class EndPlaceForm(OfOnePlaceForm):
    heading = _("End a second department")
    button = _("End")

    last_day = day_field(_("Last day there"))

    def known(self) -> dict[str, Any]:
        return {"last_day": self.day}

    @property
    def counts_on(self) -> date:
        last_day: date = self.cleaned_data["last_day"]
        return max(self.day, last_day + timedelta(days=1))

    def act(self, *, by: AbstractBaseUser, at: datetime) -> None:
        place, last_day = self.cleaned_data["place"], self.cleaned_data["last_day"]
        end_membership(membership=place, last_day=last_day, by=by, at=at)


PERSON_ACTS: dict[str, type[PersonForm]] = {
    "place": PlaceForm,
    "move": MoveForm,
    "second": SecondForm,
    "leave": LeaveForm,
    "correct": CorrectForm,
    "end": EndPlaceForm,
    "leaving": LeavingForm,
}
