"""What a claim says from now on."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from knowledge.actions import lower_claim
from knowledge.models import Claim, PromisePage, PromiseVersion
from knowledge.models.pages import validate_one_breath
from knowledge.models.promises import SHARE_UNIT
from knowledge.reports import ToldChange, claim_terms, terms_of, told_changes
from knowledge.terms import ClaimTerms, Move, PromiseTerms, TermsChange, is_the_same_promise

ALL = 100


def lines_field(label: Any, *, most: int, empty: Any = "", **kwargs: Any) -> forms.CharField:
    """A sentence or two; without words for it being empty, it may be."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(empty),
        widget=forms.Textarea(attrs={"rows": 2, "class": "input--short"}),
        error_messages={"required": empty},
        **kwargs,
    )


class LowerClaimForm(forms.Form):
    """What a claim says from now on, and why it says something else.

    What is compared, in which unit, stays: that would be another claim.
    """

    target = forms.DecimalField(
        label=_("We say"),
        min_value=0,
        max_digits=12,
        decimal_places=3,
        error_messages={
            "required": _("Write the figure that we can keep"),
            "invalid": _("Write a number, such as 90 or 1.5"),
        },
    )
    measure = lines_field(
        _("What is measured"), most=160, empty=_("Write what the figure is counted of")
    )
    condition = lines_field(_("Condition"), most=160, help_text=_("When it holds, if not always."))
    expectation = lines_field(
        _("What a customer will now expect"),
        most=240,
        help_text=_("In the customer’s words: “It’s in my account by Thursday.”"),
    )
    sentence = lines_field(
        _("The promise, as customers hear it"),
        most=240,
        empty=_("Write the sentence that customers hear"),
        help_text=_("Does it still fit? If not, say what’s true: 25 words at the most."),
        validators=[validate_one_breath],
    )
    reason = lines_field(
        _("Reason"),
        most=300,
        empty=_("Write in a sentence why we say something else now"),
        help_text=_("Everybody reads it on the promise’s page."),
    )

    def __init__(self, sent: QueryDict | None, *, promise: PromisePage, claim: Claim) -> None:
        start = {
            "target": f"{claim.target.normalize():f}",
            "measure": claim.measure,
            "condition": claim.condition,
            "expectation": claim.expectation,
            "sentence": promise.sentence,
        }
        super().__init__(sent, initial=start)
        self.promise, self.claim = promise, claim
        self.fields["target"].label = claim.get_comparator_display()

    def clean_target(self) -> Decimal:
        target: Decimal = self.cleaned_data["target"]
        if self.claim.unit == SHARE_UNIT and target > ALL:
            raise ValidationError(_("Write 100 at the most: it’s so many of a hundred"))
        return target

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and is_the_same_promise(terms_of(self.promise), self.terms):
            words = _("We say that already. Change the figure, what is measured, or when it holds.")
            self.add_error("target", words)
        return cleaned

    @property
    def claim_terms(self) -> ClaimTerms:
        """What the claim would say."""
        names = ("target", "measure", "condition")
        return replace(claim_terms(self.claim), **{name: self.cleaned_data[name] for name in names})

    @property
    def terms(self) -> PromiseTerms:
        """What the promise would say with it."""
        claims = terms_of(self.promise).claims
        mine = self.claim_terms
        return PromiseTerms(
            self.cleaned_data["sentence"],
            tuple(mine if claim.key == mine.key else claim for claim in claims),
        )

    @property
    def changes(self) -> list[ToldChange]:
        return told_changes(terms_of(self.promise), self.terms)

    @property
    def move(self) -> Move:
        return TermsChange(claim_terms(self.claim), self.claim_terms).move

    def lower(self, *, by: AbstractBaseUser, at: datetime, seen: int) -> PromiseVersion:
        """Raises what `lower_claim` raises."""
        given = self.cleaned_data
        return lower_claim(
            promise=self.promise,
            terms=self.claim_terms,
            expectation=given["expectation"],
            sentence=given["sentence"],
            reason=given["reason"],
            by=by,
            at=at,
            seen=seen,
        )
