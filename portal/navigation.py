"""What stands in the bar: at most five places, those a person's roles give her, in one order.

Everybody has Today, Learn and Briefs. A head finds her team straight after Today; a marketer
finds the editor last. Every page under a place counts as that place; practice belongs to Learn.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Roles:
    is_head: bool = False
    is_marketer: bool = False


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


def gettext_noop(message: str) -> str:
    """Marks a label for the translators; the tag that draws the bar translates it."""
    return message


TODAY = Place(gettext_noop("Today"), "/", "today", ())
TEAM = Place(gettext_noop("Team"), "/team/", "team", ("/team/",))
LEARN = Place(gettext_noop("Learn"), "/learn/", "learn", ("/learn/", "/practice/"))
BRIEFS = Place(gettext_noop("Briefs"), "/briefs/", "briefs", ("/briefs/",))
EDITOR = Place(gettext_noop("Edit"), "/cms/", "edit", ("/cms/",))


def bar_items(roles: Roles, path: str) -> list[BarItem]:
    return [
        BarItem(place.label, place.url, place.icon, _is_current(place, path))
        for place in _places(roles)
    ]


def _places(roles: Roles) -> Iterator[Place]:
    yield TODAY
    if roles.is_head:
        yield TEAM
    yield LEARN
    yield BRIEFS
    if roles.is_marketer:
        yield EDITOR


def _is_current(place: Place, path: str) -> bool:
    return path == place.url or path.startswith(place.sections)
