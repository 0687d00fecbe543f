"""Reads a promise and its claims from the front matter of its file."""

from django.utils.translation import gettext as _

from knowledge.importers.content.bodies import Source
from knowledge.importers.content.documents import ClaimFile, PromiseFile
from knowledge.importers.content.front_matter import Fields
from knowledge.models import Claim
from knowledge.models.promises import SHARE_UNIT

PROMISE_NAMES = (
    "kind",
    "slug",
    "title",
    "sentence",
    "is_pilot",
    "why_us",
    "lands_at",
    "customer_gets",
    "benchmark",
    "benchmark_source",
    "sponsor",
    "owner",
    "carer",
    "verify_days",
    "position",
    "claims",
)
CLAIM_NAMES = (
    "key",
    "measure",
    "comparator",
    "target",
    "unit",
    "statistic",
    "condition",
    "expectation",
)


def read_promise(fields: Fields, body: str, source: Source) -> PromiseFile:
    fields.refuse_unknown(PROMISE_NAMES)
    if body.strip():
        source.faults.add(
            source.first_line + body[: len(body) - len(body.lstrip())].count("\n"),
            _("A promise has no text below its second ---."),
            _("Write it behind “why_us:”."),
        )
    claims = tuple(read_claim(claim) for claim in fields.mappings("claims"))
    if not claims:
        fields.refuse("claims", _("Write one claim or more: what is measured, and its target."))
    return PromiseFile(
        fields=fields,
        faults=source.faults,
        slug=fields.required("slug"),
        title=fields.required("title"),
        sentence=fields.required("sentence"),
        why_us=fields.text("why_us"),
        lands_at=fields.text("lands_at"),
        customer_gets=fields.text("customer_gets"),
        benchmark=fields.text("benchmark"),
        benchmark_source=fields.text("benchmark_source"),
        is_pilot=fields.is_true("is_pilot"),
        sponsor=fields.text("sponsor").lower(),
        owner=fields.text("owner").lower(),
        position=fields.number("position"),
        claims=claims,
        carer=fields.text("carer").lower(),
        verify_days=fields.number("verify_days"),
    )


def read_claim(fields: Fields) -> ClaimFile:
    fields.refuse_unknown(CLAIM_NAMES)
    fields.required("target")
    unit = fields.text("unit") or SHARE_UNIT
    return ClaimFile(
        line=fields.line,
        key=fields.required("key"),
        measure=fields.required("measure"),
        comparator=fields.text("comparator") or Claim.Comparator.AT_LEAST.value,
        target=fields.decimal("target"),
        unit=unit,
        statistic=fields.text("statistic") or usual_statistic(unit),
        condition=fields.text("condition"),
        expectation=fields.text("expectation"),
    )


def usual_statistic(unit: str) -> str:
    """The kind of figure where a file names none: only shares are counted in %."""
    kinds = Claim.Statistic
    return kinds.SHARE.value if unit == SHARE_UNIT else kinds.MEAN.value
