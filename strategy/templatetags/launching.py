"""Launches on the pages of other rooms, and what can be done at a gate."""

from typing import Any

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.models import PromisePage
from quizzes.days import organisation_today
from strategy.permissions import may_launch
from strategy.reports.asked import departments_to_ask, departments_waited_for
from strategy.reports.gates import CampaignGate
from strategy.reports.overrides import (
    LaunchedAnyway,
    overrides_of,
    unreviewed_of,
    why_void,
)
from strategy.reports.overrides import launched_anyway as counted_launches
from strategy.reports.own_words import words_to_give
from strategy.reports.waiting import GatesWaiting, gates_waiting_for

register = template.Library()


@register.filter
def whoever(person: AbstractBaseUser | None) -> str:
    """A name; of one whose account is gone, that there was somebody."""
    return str(person) if person else _("A former colleague")


@register.inclusion_tag("components/overrides.html")
def overrides(page: PromisePage) -> dict[str, Any]:
    """Those of a promise's campaigns that nobody has looked back on yet; one query, or three."""
    return {"overrides": unreviewed_of([page])[page.pk], "today": organisation_today()}


@register.inclusion_tag("components/launched_anyway.html")
def launched_anyway() -> dict[str, LaunchedAnyway]:
    """How often that came about; two queries."""
    return {"launches": counted_launches(on=organisation_today())}


@register.inclusion_tag("components/gate_actions.html", takes_context=True)
def gate_actions(context: Context, gate: CampaignGate, person: AbstractBaseUser) -> dict[str, Any]:
    """One query; for whoever may launch one for what was asked, and the rights; for a head one."""
    told, may = overrides_of(gate.plan.pk), may_launch(person)
    return {
        "plan": gate.plan,
        "is_open": gate.is_open,
        "has_promises": bool(gate.promises),
        "may_launch": may,
        "is_waiting": may and bool(departments_to_ask(gate, at=timezone.now())),
        "was_asked": bool(departments_waited_for(gate)),
        "words": words_to_give(gate, person),
        "asking": next((one for one in told if one.is_waiting), None),
        "person": person,
        "edit_url": reverse("wagtailsnippets_strategy_campaign:edit", args=[gate.plan.pk]),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/gate_override.html")
def gate_override(gate: CampaignGate) -> dict[str, Any]:
    """What two agreed to; one query."""
    agreed = [one for one in overrides_of(gate.plan.pk) if one.agreed_at]
    return {"overrides": [(one, why_void(one, gate.plan, gate.on)) for one in agreed]}


@register.simple_tag
def gates_waiting(person: AbstractBaseUser) -> GatesWaiting:
    return gates_waiting_for(person, on=organisation_today())
