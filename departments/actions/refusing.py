"""What may not be done to the tree of departments, each with a sentence that names what is so."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from departments.models import Department, Link, Membership
from departments.models.periods import not_over
from departments.reports.trees import open_on, parents_of
from departments.tree import SECOND_ROOT, objection_to_placing
from quizzes.days import organisation_day

DAY = timedelta(days=1)
MOST_LEVELS = int(Department.path.field.max_length or 0) // Department.steplen
MOST_NAMED = 5


class Refused(Exception):
    """It can't be so; the sentence says why, in the reader's language."""


def checked_name(name: str) -> str:
    name = " ".join(name.split())
    most = int(Department.name.field.max_length or 0)
    if not name or "/" in name or len(name) > most:
        told = _("Write a name of at most %(most)s letters, without a slash.")
        raise Refused(told % {"most": most})
    return name


def refuse_second_top(name: str) -> None:
    top = Department.objects.filter(depth=1).first()
    if top:
        raise Refused(_(SECOND_ROOT) % {"department": name, "other": top.name})


def refuse_no_tree(department: Department, parent: Department) -> None:
    objection = objection_to_placing(department.pk, parent.pk, parents_of(Department.objects.all()))
    if objection:
        names = {"department": department.name, "other": parent.name}
        raise Refused(_(objection.sentence) % names)


def refuse_closed(department: Department, at: datetime) -> None:
    """By what is stored: it may have been closed since it was read."""
    stored = Department.objects.filter(pk=department.pk, closed_on__lt=organisation_day(at))
    if stored.exists():
        told = _("%(department)s is closed. Choose one that is open.")
        raise Refused(told % {"department": department.name})


def refuse_depth(parent: Department, *, levels: int) -> None:
    if parent.depth + levels > MOST_LEVELS:
        told = _("Below %(department)s that would be more than %(most)s levels.")
        raise Refused(told % {"department": parent.name, "most": MOST_LEVELS})


def refuse_taken(
    name: str, parent: Department | None, *, besides: Department | None = None
) -> None:
    """Files name a department by its place, so one place has each name once, closed or not."""
    sisters = parent.get_children() if parent else Department.objects.filter(depth=1)
    taken = {spelt_alike(sister.name): sister for sister in sisters if sister != besides}
    found = taken.get(spelt_alike(name))
    if found is None:
        return
    told = _("There is a %(name)s in the same place already. Choose another name.")
    if found.closed_on:
        told = _("There was another %(name)s in the same place. Choose another name.")
    raise Refused(told % {"name": found.name})


def spelt_alike(name: str) -> str:
    return " ".join(name.split()).casefold()


def refuse_links(department: Department) -> None:
    promises = Link.objects.filter(department=department).values_list("promise__title", flat=True)
    if named := sorted(set(promises)):
        told = _(
            "%(department)s is a link of %(promises)s. Marketing has to name another one there."
        )
        raise Refused(told % {"department": department.name, "promises": listed(named)})


def refuse_parts(department: Department, at: datetime) -> None:
    parts = department.get_children().filter(open_on(organisation_day(at)))
    if named := [part.name for part in parts]:
        told = _("These are parts of %(department)s: %(parts)s. Move or close them first.")
        raise Refused(told % {"department": department.name, "parts": listed(named)})


def refuse_people(department: Department, at: datetime) -> None:
    there = Membership.objects.filter(not_over(organisation_day(at)), department=department)
    if named := list(dict.fromkeys(str(each.person) for each in there.select_related("person"))):
        told = _("These people are in %(department)s: %(people)s. Move them first.")
        raise Refused(told % {"department": department.name, "people": listed(named)})


def refuse_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("The last day can't be before the first."))


def refuse_gone(person: AbstractBaseUser, day: date) -> None:
    """Who has left is nowhere by that day; who never was in a department hasn't left."""
    places = Membership.objects.filter(person_id=person.pk)
    if places.exists() and not places.filter(not_over(day)).exists():
        raise Refused(_("%(person)s will have left by then.") % {"person": person})


def listed(names: Iterable[str]) -> str:
    names = list(names)
    named, more = names[:MOST_NAMED], len(names) - MOST_NAMED
    return ", ".join([*named, _("%(more)s more") % {"more": more}] if more > 0 else named)
