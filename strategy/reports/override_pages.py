"""All that the page of one launch by agreement shows, and what its reader may do there."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser

from strategy.models import Override
from strategy.permissions import is_review_early, may_agree, may_review, may_take_back
from strategy.reports.gates import CampaignGate, gate_of
from strategy.reports.overrides import lines_of, seen_of, sponsors_of, why_void
from strategy.wording import check_line


@dataclass(frozen=True, slots=True)
class OverridePage:
    """`gate` is as it stands now; `lines` are what it says as long as nobody has answered, and
    then what it said.
    """

    override: Override
    gate: CampaignGate
    on: date
    lines: tuple[str, ...]
    void: str
    may_answer: bool
    may_take_back: bool
    may_review: bool

    @property
    def is_needed(self) -> bool:
        """Whether there is still something to agree to."""
        return not (self.gate.is_open or self.gate.plan.is_live)

    @property
    def is_moved(self) -> bool:
        return self.override.launches_on != self.gate.plan.launches_on

    @property
    def is_early(self) -> bool:
        return is_review_early(self.override, on=self.on)

    @property
    def seen(self) -> str:
        return seen_of(self.gate)


def override_page(override: Override, person: AbstractBaseUser, *, on: date) -> OverridePage:
    gate = gate_of(override.campaign, on=on)
    now = tuple(check_line(check) for check in gate.checks)
    return OverridePage(
        override=override,
        gate=gate,
        on=on,
        lines=now if override.is_waiting else tuple(lines_of(override.saw)),
        void=why_void(override, gate.plan, on) if override.agreed_at else "",
        may_answer=may_agree(person, override, sponsors_of(gate)),
        may_take_back=may_take_back(person, override),
        may_review=may_review(person, override),
    )
