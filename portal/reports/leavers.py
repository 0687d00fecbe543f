"""Who left so long ago that nobody needs to know who she was."""

from datetime import date

from django.db.models import Exists, OuterRef

from departments.models import Membership
from departments.models.periods import not_over
from portal.models import User

DECEMBER = 12


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last of a shorter month."""
    years, month = divmod(day.year * DECEMBER + day.month - 1 - months, DECEMBER)
    for last in (day.day, 30, 29, 28):
        try:
            return date(years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("Every month has a 28th")


def leavers_to_forget(*, before: date) -> list[User]:
    """All whose last membership ended before that day; who never had one hasn't left."""
    places = Membership.objects.filter(person=OuterRef("pk"))
    later = places.filter(not_over(before))
    gone = User.objects.filter(Exists(places), ~Exists(later), anonymised_on=None)
    return list(gone.order_by("pk"))
