"""What the portal knows about a person, for that person alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from departments.models import Headship, Membership
from departments.reports import heads_of, home_membership
from knowledge.models import ModulePage, Remark
from knowledge.models.languages import in_readers_words
from knowledge.reports import asked_by
from portal.models import PersonView, User
from portal.reports.today import ModuleLine, lines_of
from quizzes.days import organisation_day
from quizzes.models import StandingEvent

MOST_EVENTS = 50
MOST_VIEWS = 20
# Saving one form is a handful of looks.
VIEWS_READ = 10 * MOST_VIEWS


@dataclass(frozen=True, slots=True)
class MyPage:
    """Where a person works, where she stands, and what brought her there, newest first."""

    membership: Membership | None
    heads: tuple[Headship, ...]
    lines: tuple[ModuleLine, ...]
    events: tuple[StandingEvent, ...]
    asked: tuple[Remark, ...]
    views: tuple[PersonView, ...] = ()


def my_page(person: User, *, at: datetime) -> MyPage:
    day = organisation_day(at)
    membership = home_membership(person, on=day)
    heads = heads_of(membership.department, on=day) if membership else ()
    return MyPage(
        membership=membership,
        heads=tuple(headship for headship in heads if headship.person_id != person.pk),
        lines=tuple(lines_of(membership, on=day)) if membership else (),
        events=tuple(my_events(person)),
        asked=tuple(asked_by(person)),
        views=tuple(my_views(person)),
    )


def my_views(person: User) -> Iterator[PersonView]:
    """Who looked at what, newest first; the same look is told once a day."""
    told: set[tuple[int | None, str, date]] = set()
    views = PersonView.objects.filter(person=person).select_related("viewer")
    for view in views[:VIEWS_READ]:
        look = (view.viewer_id, view.what, organisation_day(view.at))
        if look not in told and len(told) < MOST_VIEWS:
            told.add(look)
            yield view


def my_events(person: User) -> Iterator[StandingEvent]:
    """What moved her dates; that of modules which have gone, or been closed, is left out."""
    opened = ModulePage.objects.open_to_colleagues()
    events = StandingEvent.objects.filter(person=person, module__in=opened)
    newest = list(events.select_related("module").order_by("-at", "-pk")[:MOST_EVENTS])
    in_readers_words(event.module for event in newest)
    yield from newest
