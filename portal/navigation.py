"""What stands in the bar, by a person's roles, and what waits under "More".

Each role has places for the bar and places for afterwards; of a person with several roles the
bars are joined in one order, then the rest. Five places fit: of more, the first four stay and
the others go under "More". Every page under a place counts as that place; practice belongs to
Learn.
"""

from collections.abc import Iterator
from dataclasses import dataclass

MOST_IN_BAR = 5


@dataclass(frozen=True)
class Roles:
    is_head: bool = False
    is_marketer: bool = False
    is_administrator: bool = False


@dataclass(frozen=True)
class Place:
    label: str
    url: str
    icon: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class BarItem:
    label: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True)
class Bar:
    """`more` is empty where everything fits."""

    items: tuple[BarItem, ...] = ()
    more: tuple[BarItem, ...] = ()

    @property
    def is_current_in_more(self) -> bool:
        return any(item.is_current for item in self.more)


def gettext_noop(message: str) -> str:
    """Marks a label for the translators; the tag that draws the bar translates it."""
    return message


TODAY = Place(gettext_noop("Today"), "/", "today", ())
TEAM = Place(gettext_noop("Team"), "/team/", "team", ("/team/",))
LEARN = Place(gettext_noop("Learn"), "/learn/", "learn", ("/learn/", "/practice/"))
BRIEFS = Place(gettext_noop("Briefs"), "/briefs/", "briefs", ("/briefs/",))
PROMISES = Place(gettext_noop("Promises"), "/promises/", "promises", ("/promises/", "/flags/"))
EDITOR = Place(gettext_noop("Edit"), "/cms/", "edit", ("/cms/",))
DEPARTMENTS = Place(gettext_noop("Departments"), "/team/", "team", ("/team/",))
PEOPLE = Place(gettext_noop("People"), "/cms/users/", "team", ("/cms/users/",))
ORGANISATION = Place(gettext_noop("Organisation"), "/organisation/", "board", ("/organisation/",))
PULSE = Place(gettext_noop("Pulse"), "/pulse/", "say", ("/pulse/",))
CAMPAIGNS = Place(gettext_noop("Campaigns"), "/campaigns/", "campaigns", ("/campaigns/",))
CALENDAR = Place(gettext_noop("Calendar"), "/calendar/", "calendar", ("/calendar/",))
CHANGES = Place(gettext_noop("Process changes"), "/changes/", "change", ("/changes/",))

COLLEAGUE_BAR = (TODAY, LEARN, BRIEFS, PROMISES)
HEAD_BAR, HEAD_MORE = (TODAY, TEAM, PROMISES), (LEARN, BRIEFS)
MARKETER_BAR, MARKETER_MORE = (TODAY, BRIEFS, CAMPAIGNS, PROMISES), (LEARN, EDITOR)
EVERYBODY_MORE = (CAMPAIGNS, CALENDAR, CHANGES, ORGANISATION, PULSE)
ADMINISTRATOR_MORE = (DEPARTMENTS, PEOPLE)


def bar_for(roles: Roles, path: str) -> Bar:
    places: dict[str, Place] = {}
    for place in _places(roles):
        places.setdefault(place.url, place)
    items = tuple(
        BarItem(place.label, place.url, place.icon, _is_current(place, path))
        for place in places.values()
    )
    if len(items) <= MOST_IN_BAR:
        return Bar(items)
    return Bar(items[: MOST_IN_BAR - 1], items[MOST_IN_BAR - 1 :])


def _places(roles: Roles) -> Iterator[Place]:
    """Everything a person's roles give her, the first mention being the one that counts."""
    if roles.is_head:
        yield from HEAD_BAR
    if roles.is_marketer:
        yield from MARKETER_BAR
    yield from COLLEAGUE_BAR if not (roles.is_head or roles.is_marketer) else ()
    yield from HEAD_MORE if roles.is_head else ()
    yield from MARKETER_MORE if roles.is_marketer else ()
    yield from ADMINISTRATOR_MORE if roles.is_administrator else ()
    yield from EVERYBODY_MORE


def _is_current(place: Place, path: str) -> bool:
    return path == place.url or path.startswith(place.sections)
