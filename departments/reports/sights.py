"""Which figures of a thread a reader may see.

**Guarantee.** A thread tells no figure of people that the organisation's page doesn't tell today,
or that can't be put together from what it tells: so nobody can work out the figure of one to four
people by setting the two against each other, and no thread against another. Whoever leads a
department sees its figures.

A link's figures are told where those of its department are public for each of the modules; the
thread's where all its links' are, or where its people are everybody who needs the module. Of the
others the thread still says whether enough are ready: a promise waits for that, whoever it is.
What isn't told of today isn't told of any day ahead.

Where nothing is counted beforehand yet, the organisation's page tells nothing: then the departments
of the thread are the only parts there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from departments.hiding import shown_parts
from departments.models import Department, Headship
from departments.reports.sums import Ground, Sums, public_parts, stored_rows, sum_of, sums_today
from departments.reports.threads import LinkState, Thread
from departments.suppression import MINIMUM_GROUP


def as_seen_by(
    person: AbstractBaseUser, threads: Iterable[Thread], *, on: date
) -> dict[int, Thread]:
    """The threads by their promises' keys, as this person may see them; four queries."""
    threads = list(threads)
    sight = sight_of(person, threads, on=on)
    return {thread.promise.pk: sight.of(thread) for thread in threads}


def sight_of(person: AbstractBaseUser, threads: Iterable[Thread], *, on: date) -> "Sight":
    ground = _ground([link.department for thread in threads for link in thread.links], person, on)
    if not ground.chain:
        return Sight(ground, {})
    return Sight(ground, sums_today(ground, stored_rows(ground, on), on))


@dataclass(frozen=True, slots=True)
class Sight:
    """What is public, and what a reader leads."""

    ground: Ground
    sums: Sums

    def of(self, thread: Thread) -> Thread:
        own = self._parts_of(thread)
        links = tuple(
            replace(link, is_shown=self._shows(link, thread, own)) for link in thread.links
        )
        is_public = all(self._is_public(link, thread, own) for link in links)
        is_shown = thread.needed >= MINIMUM_GROUP and (is_public or self._is_of_all(thread))
        return replace(thread, links=links, is_shown=is_shown or self._leads_all(links))

    def of_day(self, thread: Thread, today: Thread) -> Thread:
        """The same thread on a day ahead; `today` as it is seen today.

        A part that will have grown smaller by then would follow from the total, the others and
        nothing else: so that is told only where the same are hidden as today, five people or more.
        """
        seen, shown = self.of(thread), {link.link.pk for link in today.links if link.is_shown}
        links = tuple(
            replace(link, is_shown=link.is_shown and link.link.pk in shown) for link in seen.links
        )
        hidden = [link for link in links if not link.is_shown]
        is_as_today = len(hidden) == len(today.links) - len(shown)
        is_safe = not hidden or (is_as_today and _together(hidden) >= MINIMUM_GROUP)
        return replace(seen, links=links, is_shown=seen.is_shown and today.is_shown and is_safe)

    def _shows(self, link: LinkState, thread: Thread, own: frozenset[str]) -> bool:
        return self.ground.is_led(link.department) or self._is_public(link, thread, own)

    def _leads_all(self, links: Sequence[LinkState]) -> bool:
        return bool(links) and all(self.ground.is_led(link.department) for link in links)

    def _is_public(self, link: LinkState, thread: Thread, own: frozenset[str]) -> bool:
        if not link.needed:
            return True
        if not self._is_counted(thread):
            return str(link.department_id) in own
        is_public = all(self._is_told(link.department, module) for module in thread.modules)
        return is_public and link.needed >= MINIMUM_GROUP

    def _is_told(self, department: Department, module: int) -> bool:
        """As the organisation's page has it."""
        chain = self._down_to(department)
        if len(chain) == 1:
            return sum_of(self.sums, department.pk, module).needed >= MINIMUM_GROUP
        ground = replace(self.ground, chain=chain)
        return str(department.pk) in public_parts(ground, self.sums, module)[chain[-2].pk]

    def _down_to(self, department: Department) -> list[Department]:
        chain = [*self.ground.chain]
        while chain[-1].path != department.path:
            below = self.ground.children[chain[-1].pk]
            chain.append(next(each for each in below if department.path.startswith(each.path)))
        return chain

    def _is_counted(self, thread: Thread) -> bool:
        top = self.ground.chain[0].pk if self.ground.chain else 0
        return any(sum_of(self.sums, top, module).needed for module in thread.modules)

    def _is_of_all(self, thread: Thread) -> bool:
        """Whether its people are all who need the one module, so that its total is public."""
        if not self._is_counted(thread):
            return True
        top = self.ground.chain[0].pk
        needed = [sum_of(self.sums, top, module).needed for module in thread.modules]
        return needed == [thread.needed_today]

    def _parts_of(self, thread: Thread) -> frozenset[str]:
        """Of the thread alone: of a department within another one's link nothing is told."""
        return shown_parts(
            {str(link.department_id): link.needed for link in _outermost(thread.links)}
        )


def _outermost(links: Sequence[LinkState]) -> list[LinkState]:
    """Without those within another one's department."""
    paths = {link.department.path for link in links}
    return [
        link
        for link in links
        if not any(
            link.department.path[:end] in paths for end in range(1, len(link.department.path))
        )
    ]


def _together(links: Sequence[LinkState]) -> int:
    return sum(link.needed for link in _outermost(links))


def _ground(departments: Sequence[Department], person: AbstractBaseUser, on: date) -> Ground:
    """From the top down to each of the departments, with all that stand beside these."""
    step = Department.steplen
    above = {
        each.path[:end] for each in departments for end in range(step, len(each.path) + 1, step)
    }
    beside = models.Q(path__in=above)
    for path in {path[:-step] for path in above if len(path) > step}:
        beside |= models.Q(path__startswith=path, depth=len(path) // step + 1)
    found = {each.path: each for each in Department.objects.filter(beside)} if above else {}
    children: dict[int, list[Department]] = defaultdict(list)
    for each in found.values():
        if each.depth > 1:
            children[found[each.path[:-step]].pk].append(each)
    leading = Headship.objects.current(on=on).filter(person_id=person.pk)
    return Ground(
        chain=[each for each in found.values() if each.depth == 1][:1],
        children=children,
        led=list(leading.values_list("department__path", flat=True)),
    )
