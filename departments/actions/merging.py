"""Takes the people of one department over to another, when the two become one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import batched

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from departments.actions.inserting import insert_all
from departments.actions.marking import mark
from departments.actions.refusing import DAY
from departments.actions.roster import Placement, keep_past, note_roster
from departments.models import AuditLine, Department, Membership
from departments.models.periods import not_over
from quizzes.days import organisation_day

AT_ONCE = 500


def carry_over(
    merged: Department, into: Department, *, by: AbstractBaseUser | None, at: datetime
) -> None:
    """From today on they are in the other one, with all that they were; until yesterday here.

    Who is in both already is there once: at home, if either was her home; and for as long as either
    would have lasted.
    """
    day = organisation_day(at)
    leaving = list(Membership.objects.filter(not_over(day), department=merged))
    there = _by_person(Membership.objects.filter(not_over(day), department=into))
    taken_over = {each.pk for each in leaving if each.is_home or not _meets(each, there)}
    given_up = [
        other
        for each in leaving
        if each.is_home
        for other in there[each.person_id]
        if _overlap(each, other)
    ]
    ended = [*leaving, *given_up]
    keep_past([each.pk for each in ended], on=day)
    coming = [_copy(each, into, day, day) for each in leaving if each.pk in taken_over]
    coming += [
        _copy(longer, into, shorter.ends_on + DAY, day)
        for each in leaving
        for other in there[each.person_id]
        for shorter, longer in [(each, other) if each.is_home else (other, each)]
        if shorter.ends_on and _overlap(each, other) and _outlasts(longer, shorter.ends_on)
    ]
    _end_all(ended, day)
    insert_all(Membership, coming)
    reason = _("%(merged)s became a part of %(department)s") % {
        "merged": merged.name,
        "department": into.name,
    }
    people = dict.fromkeys(each.person_id for each in leaving)
    kind = AuditLine.Kind.MOVED
    note_roster(
        [Placement(pk, kind, merged.pk, into.pk, reason=reason, day=day) for pk in people],
        by=by,
        at=at,
    )
    others = Membership.objects.filter(not_over(day), person__in=people)
    for key in {*others.values_list("department", flat=True), merged.pk, into.pk}:
        mark(department=key)


def _by_person(memberships: Iterable[Membership]) -> defaultdict[int, list[Membership]]:
    found: defaultdict[int, list[Membership]] = defaultdict(list)
    for each in memberships:
        found[each.person_id].append(each)
    return found


def _meets(membership: Membership, there: defaultdict[int, list[Membership]]) -> bool:
    return any(_overlap(membership, other) for other in there[membership.person_id])


def _overlap(one: Membership, other: Membership) -> bool:
    first, second = sorted((one, other), key=lambda each: each.starts_on)
    return first.ends_on is None or first.ends_on >= second.starts_on


def _outlasts(membership: Membership, day: date) -> bool:
    return membership.ends_on is None or membership.ends_on > day


def _copy(membership: Membership, into: Department, since: date, day: date) -> Membership:
    return Membership(
        person_id=membership.person_id,
        department=into,
        title=membership.title,
        level=membership.level,
        is_home=membership.is_home,
        starts_on=max(membership.starts_on, since),
        ends_on=membership.ends_on,
        leave_from=membership.leave_from,
        leave_to=membership.leave_to,
        known_from=day,
    )


def _end_all(memberships: Sequence[Membership], day: date) -> None:
    for some in batched((each.pk for each in memberships), AT_ONCE):
        rows = Membership.objects.filter(pk__in=some)
        rows.filter(starts_on__gte=day).delete()
        rows.update(ends_on=day - DAY, known_from=day)
