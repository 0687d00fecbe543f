"""What a head says of their department's part of a promise."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from departments.actions.sign_offs import sign_link
from departments.forms.days import check_ahead, day_field
from departments.models import SignOff
from departments.reports.sign_off_pages import SignPage, VersionSaid
from departments.wording import long_day
from quizzes.days import organisation_day

MOST_AHEAD = timedelta(days=3 * 366)


class SignForm(forms.Form):
    """ "We can do our part", from a day or at once, or "not yet", which needs its reason."""

    version = forms.TypedChoiceField(
        label=_("For which version?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose the version that you speak about")
        ),
    )
    says = forms.ChoiceField(
        label=_("What do you say?"),
        choices=SignOff.Says.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose “We can” or “Not yet”")
        ),
    )
    from_on = day_field(_("From which day?"), required=False)
    because = forms.CharField(
        label=_("Because"),
        max_length=SignOff._meta.get_field("because").max_length,  # noqa: SLF001  (Django's own name)
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, page: SignPage, at: datetime, asked: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.at = page, at
        versions = {str(each.version): version_words(each) for each in page.versions}
        self.fields["version"].choices = list(versions.items())  # type: ignore[attr-defined]  # a ChoiceField
        if len(versions) == 1:
            self.fields["version"].widget = forms.HiddenInput()
        unsigned = (str(each.version) for each in page.versions if each.said.word is None)
        self.initial["version"] = asked if asked in versions else next(unsigned, [*versions][-1])

    def clean_from_on(self) -> date | None:
        day: date | None = self.cleaned_data["from_on"]
        if day:
            check_ahead(day, today=organisation_day(self.at), most=MOST_AHEAD)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        says = cleaned.get("says")
        if says == SignOff.Says.NOT_YET and not cleaned.get("because", "").strip():
            self.add_error("because", ValidationError(_("Say why not yet, and what would help")))
        return cleaned

    def sign(self, *, by: AbstractBaseUser) -> SignOff:
        page = self.page
        return sign_link(
            promise=page.promise,
            department=page.department,
            brief=page.brief,
            by=by,
            at=self.at,
            **self.cleaned_data,
        )


def version_words(version: VersionSaid) -> str:
    words = {"version": version.version, "day": long_day(version.on) if version.on else ""}
    if version.is_ahead:
        return _now("Version %(version)s, which goes out on %(day)s") % words
    if version.on:
        return _now("Version %(version)s, which is out since %(day)s") % words
    return _now("Version %(version)s, which is out now") % words
