"""Changes of the kind *Now*, and whom each still has to reach at once."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from departments.models import Membership
from knowledge.models import Change, ModulePage
from portal.models import Mail, User
from quizzes.days import day_begins
from quizzes.models import ModuleChange, Standing


def urgent_changes(*, since: date) -> list[int]:
    """Those since that day that ask something of a module which colleagues can open."""
    start = day_begins(since)
    asking = ModuleChange.objects.filter(
        change__kind=Change.Kind.NOW,
        at__gte=start,
        module__in=ModulePage.objects.open_to_colleagues(),
    ).exclude(fact_keys=[])
    return sorted(set(asking.values_list("change_id", flat=True)))


def people_to_warn(change: int, *, on: date) -> Sequence[int]:
    """Who proved what no longer holds, hasn't checked it, is at work, and wasn't mailed of it.

    Whether the module is asked of her still doesn't matter: she may be telling it to customers.
    """
    here = Membership.objects.current(on=on).filter(person=OuterRef("pk"))
    is_away = Q(leave_from__lte=on) & (Q(leave_to=None) | Q(leave_to__gte=on))
    at_work = here.exclude(is_away)
    told = Mail.objects.filter(person=OuterRef("pk"), reasons=[[f"now:{change}", "begins"]])
    waiting = _waiting_for(change).filter(person=OuterRef("pk"))
    people = User.objects.filter(is_active=True, anonymised_on=None).exclude(email="")
    warned = people.filter(Exists(at_work), Exists(waiting)).exclude(Exists(told))
    return list(warned.order_by("pk").values_list("pk", flat=True))


def still_to_check(mail: Mail) -> ModuleChange | None:
    """The change in a module that its reader still has to check."""
    change = int(mail.key.split(":")[1])
    standing = _waiting_for(change).filter(person=mail.person_id).first()
    if standing is None:
        return None
    steps = ModuleChange.objects.filter(change_id=change, module_id=standing.module_id)
    return steps.select_related("change", "module").first()


def _waiting_for(change: int) -> QuerySet[Standing]:
    """Who waits since this change or an earlier one of the same module."""
    steps = ModuleChange.objects.filter(change_id=change, module=OuterRef("module"))
    opened = ModulePage.objects.open_to_colleagues()
    return Standing.objects.filter(
        Exists(steps.filter(pk__gte=OuterRef("unchecked_id"))),
        module__in=opened,
        passed_on__isnull=False,
    )
