import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from portal.demo.loading import load_demo
from tests.browser import chromium

HERE = Path(__file__).parent
PHONE, DESKTOP = 360, 1280
HEIGHTS = {PHONE: 740, DESKTOP: 800}
SECONDS = 10_000

type OpenPage = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def _database_beside_a_browser() -> Iterator[None]:
    # Playwright keeps an event loop in this thread, in which Django would refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | {
        "executable_path": chromium.installed(),
        "args": chromium.flags(),
    }


@pytest.fixture
def open_page(
    new_context: Callable[..., BrowserContext],
    live_server: LiveServer,
    portal_site: None,  # the first page needs it
) -> Iterator[OpenPage]:
    """Opens a page in a browser of its own: `open_page(width=360, theme="dark", javascript=False)`.

    No page may run into an error of its script or break the content policy.
    """
    complaints: list[str] = []

    def open_one(
        width: int = PHONE, theme: Literal["light", "dark"] = "light", *, javascript: bool = True
    ) -> Page:
        context = new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHTS.get(width, HEIGHTS[DESKTOP])},
            color_scheme=theme,
            java_script_enabled=javascript,
            locale="en-GB",
            reduced_motion="reduce",
        )
        context.set_default_timeout(SECONDS)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.extend(serious(said)))
        return page

    yield open_one
    assert complaints == []


def serious(said: ConsoleMessage) -> list[str]:
    return [said.text] if "Content Security Policy" in said.text else []


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page(PHONE)


@pytest.fixture
def desktop(open_page: OpenPage) -> Page:
    return open_page(DESKTOP)


@pytest.fixture(
    params=[(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light"), (DESKTOP, "dark")],
    ids=lambda look: f"{look[0]}-{look[1]}",
)
def look(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    """The same page at each width, in each theme."""
    width, theme = request.param
    return open_page(width, theme)


@pytest.fixture(scope="session")
def copy_of_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "demo.sqlite3"


@pytest.fixture
def wrenfield(portal_site: None, copy_of_demo: Path) -> datetime:
    """The demo company, installed when the browser's tests began: played once, then copied.

    A real browser keeps real time.
    """
    is_first = not copy_of_demo.exists()
    if is_first:
        load_demo(at=timezone.now())
    connection.ensure_connection()
    here: sqlite3.Connection = connection.connection
    with closing(sqlite3.connect(copy_of_demo)) as kept:
        if is_first:
            here.backup(kept)
        else:
            kept.backup(here)
    return timezone.now()
