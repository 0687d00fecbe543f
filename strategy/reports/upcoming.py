"""Every launch ahead, with what its gate says and what it waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse

from strategy.calendars import Stage
from strategy.gate import GateCheck, GateResult
from strategy.reports.gates import gates_of
from strategy.reports.launches import Launch, launches
from strategy.wording import CHECK_WORDS, LACK_WORDS, STAGE_WORDS, STATUS_WORDS, short_answer


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A launch ahead; `waits_for` has a line for each check that isn't met."""

    pk: int
    title: str
    slug: str
    on: date
    stage: Stage
    owner: str
    answer: str
    waits_for: tuple[str, ...]

    @property
    def state(self) -> str:
        return str(STAGE_WORDS[self.stage])

    @property
    def waiting(self) -> str:
        return "; ".join(self.waits_for)

    @property
    def gate_url(self) -> str:
        return reverse("strategy:gate-detail", args=[self.slug])


def upcoming_launches(*, on: date) -> list[Upcoming]:
    """In the order of their days; as many queries for a hundred as for one."""
    ahead = [launch for launch in launches(on=on) if launch.is_ahead]
    gates = gates_of([launch.plan for launch in ahead], on=on)
    owners = names_of(launch.plan.owner_id for launch in ahead)
    return [told(launch, gates[launch.plan.pk].result, owners) for launch in ahead]


def told(launch: Launch, result: GateResult, owners: dict[int, str]) -> Upcoming:
    plan = launch.plan
    return Upcoming(
        pk=plan.pk,
        title=plan.title,
        slug=plan.slug,
        on=launch.on,
        stage=launch.stage,
        owner=owners.get(plan.owner_id or 0, ""),
        answer=short_answer(result),
        waits_for=tuple(line_of(check) for check in result.checks if not check.is_met),
    )


def line_of(check: GateCheck) -> str:
    """ "Know: too few people are ready (Finance & Billing)"."""
    return f"{CHECK_WORDS[check.name]}: {reason_of(check)}"


def reason_of(check: GateCheck) -> str:
    """Why a check isn't met, and for whom it waits."""
    waiting = check.worst.waiting if check.worst else ()
    reason = str(LACK_WORDS[check.change] if check.change else STATUS_WORDS[check.status])
    return f"{reason} ({', '.join(waiting)})" if waiting else reason


def names_of(keys: Iterable[int | None]) -> dict[int, str]:
    people: dict[Any, Any] = get_user_model().objects.in_bulk({key for key in keys if key})
    return {key: str(person) for key, person in people.items()}
