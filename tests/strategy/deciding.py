"""Two people who decide at a gate, and what they say to each other there."""

from datetime import datetime
from typing import Any

from portal.models import User
from strategy.actions.overrides import Wish, answer_override, ask_override
from strategy.models import Override
from strategy.reports.gates import gate_of
from strategy.reports.overrides import seen_of
from tests.conftest import NOW
from tests.factories import TODAY, CampaignFactory, PersonFactory
from tests.strategy.staging import Stage, after, flagged

REASON = "The trade fair is on Monday."
TELLS = "We pay by the next Thursday, and tell you the day."


def marketer(**names: Any) -> User:
    made: User = PersonFactory(groups=["Marketing"], **names)
    return made


def closed_stage(**campaign: Any) -> Stage:
    """Everything is met but a flag that nobody has answered."""
    stage = Stage(**campaign)
    flagged(stage.promise)
    return stage


def wished(days: int = 40) -> Wish:
    return Wish(reason=REASON, tells_customers=TELLS, review_on=after(days))


def asked(stage: Stage, *, by: User, second: User, at: datetime = NOW) -> Override:
    return ask_override(campaign=stage.campaign, wish=wished(), second=second, by=by, at=at)


def seen(override: Override) -> str:
    return seen_of(gate_of(override.campaign, on=TODAY))


def answered(
    override: Override, *, agrees: bool = True, because: str = "", at: datetime = NOW
) -> Override:
    second = override.second
    assert second is not None
    return answer_override(
        override=override, agrees=agrees, because=because, seen=seen(override), by=second, at=at
    )


def agreed(stage: Stage, *, by: User, second: User) -> Override:
    return answered(asked(stage, by=by, second=second))


def asked_about(by: User, second: User) -> Override:
    """Of any campaign, without asking its gate."""
    campaign = CampaignFactory()
    found: Override = Override.objects.create(
        campaign=campaign,
        reason=REASON,
        tells_customers=TELLS,
        review_on=after(40),
        launches_on=campaign.launches_on,
        asked_by=by,
        asked_at=NOW,
        second=second,
    )
    return found
