"""Which department a row makes a person lead."""

from dataclasses import replace
from datetime import date

from departments.importers.people.lines import PeopleLine
from departments.importers.people.plans import PersonPlan
from departments.importers.people.stored import Place
from departments.importers.spells import DAY, Spell, close, earlier, is_after, settle


def plan_headships(
    plan: PersonPlan, stored: list[Spell[str]], wanted: Spell[Place] | None, *, today: date
) -> None:
    """The file decides who leads where she is and was. What was given elsewhere stays, until she
    leaves the organisation."""
    row, latest = plan.row, plan.before
    homes = {spell.department for spell in (latest, wanted) if spell}
    here = [headship for headship in stored if headship.department in homes]
    running = here[-1] if here and not is_after(today, here[-1].ends_on) else None
    if row.role is not None or running is not None:
        role = _wanted_role(row, running, latest, wanted)
        plan.headships = settle(here, role, last_day=_last_day_as_head(row, today - DAY))
    if plan.last_day:
        elsewhere = [headship for headship in stored if headship.department not in homes]
        ended, dropped = close(elsewhere, last_day=plan.last_day)
        plan.headships += ended
        plan.dropped_headships += dropped


def _last_day_as_head(row: PeopleLine, yesterday: date) -> date:
    """Who moves on a day to come leads until she goes."""
    return max(yesterday, row.starts_on - DAY) if row.starts_on else yesterday


def _wanted_role(
    row: PeopleLine,
    running: Spell[str] | None,
    latest: Spell[Place] | None,
    wanted: Spell[Place] | None,
) -> Spell[str] | None:
    stays = running if running and wanted and running.department == wanted.department else None
    kind = row.role if row.role is not None else stays.details if stays else ""
    if not (wanted and kind):
        return None
    role = Spell(wanted.department, wanted.starts_on, wanted.ends_on, kind)
    return _with_days_of_its_own(role, stays, latest) if stays else role


def _with_days_of_its_own(
    role: Spell[str], running: Spell[str], membership: Spell[Place] | None
) -> Spell[str] | None:
    """Where a role began or ends on another day than the time in the department, it stays so."""
    starts_on, ends_on = role.starts_on, role.ends_on
    followed = (membership.starts_on, membership.ends_on) if membership else (None, None)
    if followed == (starts_on, ends_on):
        return replace(running, details=role.details)
    if running.starts_on != followed[0] and running.details == role.details:
        starts_on = max(starts_on, running.starts_on)
    if running.ends_on and running.ends_on != followed[1]:
        ends_on = earlier(ends_on, running.ends_on)
    if is_after(starts_on, ends_on):
        return None
    pk = running.pk if starts_on == running.starts_on else None
    return Spell(role.department, starts_on, ends_on, role.details, pk)
