"""What the other rooms have for the calendar: launches, process changes, practice, the pulse."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Count
from django.urls import reverse

from customers.models import ProcessChange
from departments.models import Membership, Pulse
from departments.reports.pulse import results_on
from knowledge.models import ModulePage, PromisePage
from knowledge.models.languages import in_readers_words
from knowledge.reports import module_address
from quizzes.models import Standing
from strategy.calendars import Entry, Kind, cliffs
from strategy.reports.launches import Launch, launches

# Everybody's dates are counted at most so often, however many calendars ask.
SECONDS_KEPT = 600


def launch_entries(*, on: date) -> Iterator[Entry]:
    for launch in launches(on=on):
        yield launch_entry(launch, on=on)


def launch_entry(launch: Launch, *, on: date) -> Entry:
    plan = launch.plan
    return Entry(
        key=f"launch-{plan.pk}",
        on=launch.on,
        kind=Kind.LAUNCH,
        title=plan.title,
        url=reverse("strategy:gate-detail", args=[plan.slug]),
        stage=launch.stage,
        is_over=launch.on < on,
    )


def change_entries(first: date, last: date, *, on: date) -> Iterator[Entry]:
    """What departments do in another way from a day on; one query."""
    changes = ProcessChange.objects.filter(dropped_at=None, happens_on__range=(first, last))
    for change in changes.select_related("department"):
        yield Entry(
            key=f"change-{change.pk}",
            on=change.happens_on,
            kind=Kind.CHANGE,
            title=change.title,
            url=reverse("customers:change-detail", args=[change.reference]),
            about=f"{change.reference}, {change.department.name}",
            is_over=change.happens_on < on,
        )


def practice_entries(first: date, last: date, *, on: date) -> Iterator[Entry]:
    """The days on which many people's dates for one module end; two queries."""
    found = {
        (module, day): people
        for (module, day), people in ends_of_dates(on=on).items()
        if first <= day <= last
    }
    modules = ModulePage.objects.open_to_colleagues().in_readers_words()
    by_pk = {module.pk: module for module in modules.filter(pk__in={key for key, _day in found})}
    for (key, day), people in found.items():
        if module := by_pk.get(key):
            yield Entry(
                key=f"practice-{key}-{day.isoformat()}",
                on=day,
                kind=Kind.PRACTICE,
                title=module.title,
                url=module_address(module),
                people=people,
            )


def ends_of_dates(*, on: date) -> dict[tuple[int, date], int]:
    """How many people's dates end, by module and day, from today on; kept for some minutes.

    Where a change waits to be checked, it is the change that ends a date, and its last day of grace
    stands on the calendar anyway.
    """
    found: dict[tuple[int, date], int] | None = cache.get(key := f"ends-of-dates:{on.isoformat()}")
    if found is None:
        found = cliffs(_counted(on))
        cache.set(key, found, SECONDS_KEPT)
    return found


def _counted(on: date) -> dict[int, dict[date, int]]:
    standings = Standing.objects.filter(
        ready_until__gte=on,
        unchecked=None,
        person__is_active=True,
        person__in=Membership.objects.current(on=on).values("person"),
    )
    counts = standings.order_by().values_list("module", "ready_until").annotate(Count("pk"))
    found = defaultdict[int, dict[date, int]](dict)
    for module, day, people in counts:
        found[module][day] = people
    return found


def pulse_entries(first: date, last: date, *, on: date) -> Iterator[Entry]:
    """The days of the months' questions; one query."""
    pulses = Pulse.objects.filter(
        opens_on__lte=last,
        closes_on__gte=first - timedelta(days=1),
        promise__in=PromisePage.objects.open_to_colleagues(),
    ).select_related("promise")
    found = list(pulses)
    in_readers_words(pulse.promise for pulse in found)
    return _pulse_entries(found, on)


def _pulse_entries(pulses: Iterable[Pulse], on: date) -> Iterator[Entry]:
    asked, told = reverse("departments:pulse-detail"), reverse("departments:pulse-results")
    for pulse in pulses:
        days = (
            (Kind.PULSE_OPENS, pulse.opens_on, asked),
            (Kind.PULSE_CLOSES, pulse.closes_on, asked),
            (Kind.PULSE_RESULTS, results_on(pulse), told),
        )
        for kind, day, url in days:
            yield Entry(f"{kind}-{pulse.pk}", day, kind, pulse.promise.title, url, is_over=day < on)
