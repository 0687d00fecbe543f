"""Who leaves by a list that names everybody: those who aren't in it.

**Guarantee.** Nobody leaves by a list that doesn't say of itself that it is whole, and never more
than a tenth by one whose sender hasn't named their number.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from departments.importers.people.lines import PeopleLine, RowFaults
from departments.importers.people.plans import PeoplePlan, PersonPlan
from departments.importers.people.stored import Stored, StoredPerson
from departments.importers.spells import DAY, close
from knowledge.importers.reporting import FaultList, Outcome

# One in so many may leave without further words.
ONE_IN = 10


def plan_absent(people: Iterable[PeopleLine], stored: Stored, *, today: date) -> list[PersonPlan]:
    """Those who are here today and not in the file; whoever is only coming isn't missed yet."""
    named = {row.email for row in people}
    plans = (
        _gone(email, known, today) for email, known in stored.people.items() if email not in named
    )
    return sorted(filter(None, plans), key=lambda plan: plan.row.email)


def _gone(email: str, known: StoredPerson, today: date) -> PersonPlan | None:
    everywhere = [*known.memberships, *known.others]
    if not any(spell.holds_on(today) for spell in everywhere):
        return None
    # Who began today was here on one day.
    was_here = any(spell.starts_on < today for spell in everywhere)
    last_day = today - DAY if was_here else today
    row = PeopleLine(0, email, known.given_name, known.family_name)
    plan = PersonPlan(row, known.pk, known.given_name, known.family_name, last_day=last_day)
    plan.memberships, dropped = close(known.memberships, last_day=last_day)
    plan.others, more = close(known.others, last_day=last_day)
    plan.dropped = [*dropped, *more]
    plan.headships, plan.dropped_headships = close(known.headships, last_day=last_day)
    here = [spell for spell in known.memberships if spell.holds_on(today)]
    own = here or known.memberships
    plan.before = own[-1] if own else None
    plan.after = replace(plan.before, ends_on=last_day) if plan.before else None
    return plan if plan.is_changed else None


def check_absent(people: Iterable[PeopleLine], rows: RowFaults, faults: FaultList) -> None:
    """Whoever stands in a row that is left out without an address would be taken for gone."""
    for row in people:
        if row.line in rows and not row.skipped and not _is_address(row.email):
            faults.add(
                row.line,
                _("Nobody can tell who is in this row, so it can't be told who has left."),
                _("Mend the row, or bring in the file without saying that it is everybody."),
            )


def check_leavers(
    plan: PeoplePlan, stored: Stored, confirmed: int | None, faults: FaultList
) -> None:
    """Refuses a list by which more than a tenth would leave, unless their number was named."""
    gone = sum(each.outcome(plan.today) is Outcome.LEFT for each in (*plan.people, *plan.absent))
    here = sum(
        any(spell.holds_on(plan.today) for spell in (*known.memberships, *known.others))
        for known in stored.people.values()
    )
    if confirmed is not None and confirmed != gone:
        faults.add(
            None,
            _("You said that %(said)s leave; by this file it is %(gone)s.")
            % {"said": confirmed, "gone": gone},
            _("Look at the list once more, and say the number that is right (--leavers)."),
        )
    elif confirmed is None and gone * ONE_IN > here:
        told = ngettext(
            "%(gone)s of %(here)s person would leave: more than a tenth.",
            "%(gone)s of %(here)s people would leave: more than a tenth.",
            here,
        )
        faults.add(
            None,
            told % {"gone": gone, "here": here},
            _("Is the file whole? If it is, say how many leave (--leavers): %(gone)s.")
            % {"gone": gone},
        )


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
