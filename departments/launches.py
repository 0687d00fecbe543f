"""For which days people have to be ready: a register that the rooms above fill.

Departments must not know campaigns, yet a forecast marks the day on which customers will hear of
what a module teaches. Each room registers a finder when it starts (`AppConfig.ready`); a finder
takes a module's key and the first and the last of some days, and answers with the launches on
these in a fixed number of queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class ComingLaunch:
    """A day from which customers are promised something, and the name under which they are."""

    on: date
    title: str


type LaunchFinder = Callable[[int, date, date], Iterable[ComingLaunch]]

_finders: list[LaunchFinder] = []


def register_launch_finder(finder: LaunchFinder) -> None:
    if finder not in _finders:
        _finders.append(finder)


def coming_launches(module: int, first: date, last: date) -> list[ComingLaunch]:
    """In the order of their days."""
    return sorted(launch for finder in _finders for launch in finder(module, first, last))
