"""What every test may lean on: a frozen clock, a clean cache, a database that is kept."""

import os
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine
from django.core.cache import caches
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from tests import reuse

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/London"))
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server"})
COMMITTING_FIXTURES = DATABASE_FIXTURES - {"db"}

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-day", action="store_true", help="install the demo on every odd day")
    parser.addoption("--worlds", type=int, default=3, help="made by chance, for second opinions")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what touches the database, so that `-m database` can run it on PostgreSQL too."""
    for item in items:
        if touches_database(item) and item.get_closest_marker("once") is None:
            item.add_marker("database")
        if commits(item):
            everything_back = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(everything_back, append=False)


def touches_database(item: pytest.Item) -> bool:
    is_marked = item.get_closest_marker("django_db") is not None
    return is_marked or bool(DATABASE_FIXTURES & fixtures_of(item))


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return is_marked or bool(COMMITTING_FIXTURES & fixtures_of(item))


def fixtures_of(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    if commits(item):
        reuse.note_changed()
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    yield
    # The next test that commits brings the rows back by itself, when it starts.
    if commits(item) and not (nextitem and commits(nextitem)):
        with item.config.stash[blocking_manager_key].unblock():
            reuse.restore()


@pytest.fixture(scope="session")
def django_db_createdb(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getvalue("create_db")) or not reuse.is_as_migrated()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,  # after pytest-django's own
    django_db_blocker: DjangoDbBlocker,
) -> None:
    with django_db_blocker.unblock():
        reuse.begin()


@pytest.fixture
def at() -> datetime:
    """The moment at which every test happens: Friday 20 November 2026, nine in London."""
    return NOW


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest, at: datetime) -> Iterator[time_machine.Traveller | None]:
    """Stands still at `at`; `clock.move_to(…)` moves it. A real browser keeps real time."""
    if request.node.get_closest_marker("browser"):
        yield None
        return
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _clean_caches() -> Iterator[None]:
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def portal_site(db: None) -> None:  # the site is made in the database
    """The content tree, the groups and the settings that every installation begins with."""
    from tests.prepared import prepared_portal  # noqa: PLC0415  (apps are ready only now)

    prepared_portal()
