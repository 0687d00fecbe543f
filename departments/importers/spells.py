"""A person's time in a department, or at its head, brought to the state that a file gives.

**Guarantee.** The result never overlaps itself and running it again changes nothing. What has
ended stays as it was.

**Steps.** Only the latest spell can change:

- The file gives none: the latest ends on `last_day` (on its first day, where that is later).
- The file starts later, in another department: the latest ends the day before.
- The file starts later, in the same department, after the latest has ended: she is back; both stay.
- Otherwise the file corrects the latest, wherever and whenever that was.

`settle` raises `Overlap` where the file would begin before an earlier spell has ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell[Details]:
    """From `starts_on` to `ends_on`, both included. `pk` is empty for one not stored yet."""

    department: tuple[str, ...]
    starts_on: date
    ends_on: date | None
    details: Details
    pk: int | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and not is_after(day, self.ends_on)

    def holds_after(self, day: date) -> bool:
        return self.ends_on is None or self.ends_on > day


class Overlap(Exception):
    """The file would begin before this earlier spell has ended."""

    def __init__(self, earlier_starts_on: date) -> None:
        self.earlier_starts_on = earlier_starts_on
        super().__init__(earlier_starts_on)


def settle[Details](
    stored: Sequence[Spell[Details]], wanted: Spell[Details] | None, *, last_day: date
) -> list[Spell[Details]]:
    """The spells to write; those with a `pk` replace the stored ones."""
    if not stored:
        return [wanted] if wanted else []
    *earlier, latest = sorted(stored, key=lambda spell: spell.starts_on)
    if wanted is None:
        followed = [_ended(latest, max(latest.starts_on, last_day))]
    else:
        followed = _follow(latest, wanted)
    written = [spell for spell in followed if spell != latest]
    if wanted and written:
        _refuse_overlap(earlier, wanted)
    return written


def close[Details](
    stored: Sequence[Spell[Details]], *, last_day: date
) -> tuple[list[Spell[Details]], list[Spell[Details]]]:
    """Of somebody who leaves: what ends on her last day, and what will now never begin."""
    ended = [
        replace(spell, ends_on=last_day)
        for spell in stored
        if spell.starts_on <= last_day and spell.holds_after(last_day)
    ]
    return ended, [spell for spell in stored if spell.starts_on > last_day]


def earlier(day: date | None, other: date) -> date:
    return min(day or other, other)


def is_after(day: date, last_day: date | None) -> bool:
    return last_day is not None and day > last_day


def _follow[Details](latest: Spell[Details], wanted: Spell[Details]) -> list[Spell[Details]]:
    day_before = wanted.starts_on - DAY
    moves = wanted.department != latest.department
    is_back = latest.ends_on is not None and latest.ends_on <= day_before
    if wanted.starts_on > latest.starts_on and (moves or is_back):
        return [_ended(latest, day_before), wanted]
    return [replace(wanted, pk=latest.pk)]


def _ended[Details](spell: Spell[Details], last_day: date) -> Spell[Details]:
    return replace(spell, ends_on=min(spell.ends_on or last_day, last_day))


def _refuse_overlap[Details](earlier: Sequence[Spell[Details]], wanted: Spell[Details]) -> None:
    for spell in earlier:
        if spell.ends_on is None or spell.ends_on >= wanted.starts_on:
            raise Overlap(spell.starts_on)
