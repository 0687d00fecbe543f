"""On which terms a department asks for a module: by when, of whom, and from when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from departments.models import Membership, Requirement

# What may be asked, on the screen and in a file.
MOST_JOINER_DAYS = 1000
MOST_AHEAD = timedelta(days=3 * 365 + 1)


@dataclass(frozen=True, slots=True)
class Terms:
    """By when people must be ready, and how many days somebody has who has just joined.

    `levels` and `titles` are whom it asks, where that isn't everybody; before `starts_on` it asks
    nobody. As text it stands in forms, so that a change by somebody else is noticed.
    """

    due_on: date | None
    joiner_days: int
    levels: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    starts_on: date | None = None

    def __str__(self) -> str:
        told = [str(self.due_on or ""), str(self.joiner_days)]
        if self.levels or self.titles or self.starts_on:
            told += ["|".join(self.levels), "|".join(self.titles), str(self.starts_on or "")]
        return "+".join(told)

    def days_from(self, day: date) -> int | None:
        return (self.due_on - day).days if self.due_on else None

    @property
    def level_words(self) -> list[str]:
        """As people say them, from the board down."""
        return [str(level.label) for level in Membership.Level if level.value in self.levels]


def terms_of(requirement: Requirement) -> Terms:
    return Terms(
        requirement.due_on,
        requirement.joiner_days,
        tuple(requirement.levels),
        tuple(requirement.titles),
        requirement.starts_on,
    )


def columns_of(terms: Terms) -> dict[str, Any]:
    """The columns of a requirement with these terms."""
    return {
        "due_on": terms.due_on,
        "joiner_days": terms.joiner_days,
        "levels": list(terms.levels),
        "titles": list(terms.titles),
        "starts_on": terms.starts_on,
    }


def put_on(requirement: Requirement, terms: Terms) -> Requirement:
    """The same requirement on these terms, not stored."""
    for name, value in columns_of(terms).items():
        setattr(requirement, name, value)
    return requirement


def in_order(levels: Iterable[str]) -> tuple[str, ...]:
    """Levels from the board down, each once: the same choice is the same terms."""
    chosen = set(levels)
    return tuple(level.value for level in Membership.Level if level.value in chosen)


def tidy_titles(titles: Iterable[str]) -> tuple[str, ...]:
    """Job titles in the order of the alphabet, each once, however they are written."""
    found = {" ".join(title.split()).casefold(): " ".join(title.split()) for title in titles}
    return tuple(found[key] for key in sorted(found) if key)
