"""What is known today of promises, for whichever day is asked: loaded once, told for many days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from departments.chains import ANY_VERSION
from departments.counting import Ask
from departments.models import Department, Link, ReadinessRollup
from departments.pace import Rate
from departments.readiness import ChangeEvent, Period
from departments.reports.asked import above_all, asks_at
from departments.reports.chain_people import ChangesOf, Group, Stand, group_of
from departments.reports.chains import in_order
from departments.reports.editions import Editions, editions_of
from departments.reports.forecasts import usual_paces
from departments.reports.scheduled import ScheduledChange, changes_ahead, scheduled_changes
from departments.reports.sign_offs import Said, Words, words_of
from departments.reports.sums import by_level
from departments.reports.workforce import Workforce, workforce_along
from departments.steps import Figures, figures_on, together
from knowledge.models import BriefPage, ModulePage, PromisePage

# Further ahead nothing is asked for.
AHEAD = timedelta(days=10 * 365)


class Known:
    """Links, words, people and versions of some promises and briefs, as they are known on a day.

    A fixed number of queries, each made when it is first needed, however many promises, links and
    people there are. Days ahead cost some more, and again some for each version that is scheduled.
    """

    def __init__(
        self, promises: Iterable[PromisePage], briefs: Iterable[BriefPage], *, on: date
    ) -> None:
        self.on = on
        self._promises = list(promises)
        self._briefs = list(briefs)
        self._groups: dict[tuple[str, tuple[int, ...]], Group] = {}
        self._stands: dict[tuple[str, tuple[int, ...], date], Stand] = {}
        self._changes: dict[int, Sequence[ChangeEvent]] = {}

    @cached_property
    def links(self) -> Mapping[int, list[Link]]:
        """By promise, in order; of a single one those of its draft, where it is previewed."""
        if len(self._promises) == 1:
            (promise,) = self._promises
            return {promise.pk: in_order(promise.links.select_related("department"))}
        found = defaultdict[int, list[Link]](list)
        links = Link.objects.filter(promise__in=[promise.pk for promise in self._promises])
        for link in in_order(links.select_related("department")):
            found[link.promise_id].append(link)
        return found

    @cached_property
    def words(self) -> Mapping[int, Words]:
        return words_of(self._promises)

    @cached_property
    def editions(self) -> Mapping[int, Editions]:
        return editions_of(self._briefs, on=self.on)

    @cached_property
    def modules(self) -> Mapping[int, tuple[int, ...]]:
        """The open modules that teach each brief."""
        found = defaultdict[int, list[int]](list)
        opened = ModulePage.objects.open_to_colleagues().filter(brief__in=self._briefs)
        for brief, module in opened.order_by("path").values_list("brief_id", "pk"):
            found[brief].append(module)
        return {brief.pk: tuple(found[brief.pk]) for brief in self._briefs}

    @cached_property
    def counted(self) -> Mapping[tuple[int, int], Figures]:
        """What was counted beforehand, by department and module, as it holds on the day."""
        departments = {link.department_id for links in self.links.values() for link in links}
        rows = ReadinessRollup.objects.filter(
            department__in=departments, module__in=self._all_modules
        ).values_list("department_id", "module_id", "steps")
        return {
            (department, module): figures_on(together(by_level(stored), self.on), self.on)
            for department, module, stored in rows
        }

    @cached_property
    def workforce(self) -> Workforce:
        return workforce_along(self._paths, self._all_modules, on=self.on, last=self.on + AHEAD)

    @cached_property
    def _asks(self) -> Sequence[Ask]:
        asks, _columns = asks_at(above_all([], *self._paths))
        return asks

    @property
    def _paths(self) -> set[str]:
        return {link.department.path for links in self.links.values() for link in links}

    @property
    def _all_modules(self) -> set[int]:
        return {module for some in self.modules.values() for module in some}

    def said(
        self, promise: PromisePage, department: int, brief: BriefPage | None, version: int
    ) -> Said:
        versions = self.editions[brief.pk].family(version) if brief else ANY_VERSION
        return self.words[promise.pk].of(department, brief.pk if brief else None, versions)

    def signable(self, brief: BriefPage | None) -> tuple[int, ...]:
        """Versions for which heads may speak; of a promise that no brief explains, the one."""
        return self.editions[brief.pk].signable if brief else (0,)

    def stand(self, department: Department, brief: BriefPage | None, day: date) -> Stand:
        """How those who count in a department, and all below it, stand for a brief that day."""
        modules = self.modules[brief.pk] if brief else ()
        key = (department.path, modules, day)
        if key not in self._stands:
            group, changes = self._group(department.path, modules), self._ahead(modules, day)
            self._stands[key] = group.on(day, changes, today=self.on)
        return self._stands[key]

    def _group(self, path: str, modules: tuple[int, ...]) -> Group:
        if (path, modules) not in self._groups:
            days = Period(self.on, self.on + AHEAD)
            self._groups[path, modules] = group_of(self.workforce, path, modules, days)
        return self._groups[path, modules]

    def _ahead(self, modules: Iterable[int], day: date) -> ChangesOf:
        """What is scheduled to reach the modules; today only what is live holds."""
        return {each: self._changes_of(each) for each in modules} if day > self.on else {}

    def due_on(self, department: Department, brief: BriefPage | None) -> date | None:
        """By when the nearest requirement at the department or above it asks for the brief."""
        modules = self.modules[brief.pk] if brief else ()
        asks = [ask for ask in self._asks if ask.module_id in modules]
        above = [ask for ask in asks if department.path.startswith(ask.path)]
        nearest = max(above, key=lambda ask: len(ask.path), default=None)
        return nearest.due_on if nearest else None

    @cached_property
    def rates(self) -> Mapping[int, Rate]:
        """The usual pace of each department that has a link."""
        departments = {link.department for links in self.links.values() for link in links}
        return usual_paces(departments, on=self.on)

    def _changes_of(self, module: int) -> Sequence[ChangeEvent]:
        if module not in self._changes:
            self._changes[module] = changes_ahead(self._scheduled, module)
        return self._changes[module]

    @cached_property
    def _scheduled(self) -> list[ScheduledChange]:
        """Without those that will be held: something stands in their way."""
        found = [
            one for one in scheduled_changes(on=self.on) if self._all_modules & one.keys.keys()
        ]
        others = BriefPage.objects.filter(
            pk__in={one.brief_id for one in found} - self.editions.keys()
        )
        editions = {**self.editions, **editions_of(others, on=self.on)}
        return [one for one in found if editions[one.brief_id].ahead]
