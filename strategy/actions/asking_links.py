"""Departments on a thread are asked to get ready for a launch; their heads see it on Today."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from departments.models import Department
from quizzes.days import organisation_day
from strategy.actions.launching import write_entry
from strategy.models import Campaign, GateAsk, GateEntry
from strategy.reports.asked import departments_to_ask
from strategy.reports.gates import gate_of


@transaction.atomic
def ask_links(*, campaign: Campaign, by: AbstractBaseUser, at: datetime) -> list[Department]:
    """Asks the departments whose links don't hold on launch day; those that weren't asked within
    a week. Answers which these are.
    """
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    gate = gate_of(locked, on=organisation_day(at))
    fresh = departments_to_ask(gate, at=at)
    GateAsk.objects.bulk_create(
        GateAsk(
            campaign=locked,
            department=department,
            launches_on=gate.plan.launches_on,
            asked_by_id=by.pk,
            asked_at=at,
        )
        for department in fresh
    )
    if fresh:
        # A draft's row may still have the day of an earlier draft.
        locked.launches_on = gate.plan.launches_on
        names = ", ".join(department.name for department in fresh)
        figures = (gate.met, len(gate.checks))
        kind = GateEntry.Kind.ASKED_LINKS
        write_entry(locked, kind, by=by, at=at, figures=figures, note=names)
    return fresh
