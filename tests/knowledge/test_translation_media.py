"""A picture that only a translation shows is closed where the page that it translates is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from knowledge.models import LessonPage, PortalImage
from tests.factories import LessonFactory
from tests.knowledge.test_media import (
    Change,
    block,
    picture_named,
    restrict,
    restrict_module,
    small,
    status,
    unpublish,
    unpublish_module,
)
from tests.knowledge.translating import in_french, two_languages

pytestmark = pytest.mark.usefixtures("portal_site")


@pytest.fixture(autouse=True)
def _languages(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with two_languages():
        yield


@pytest.fixture
def picture() -> PortalImage:
    return picture_named("launch")


@pytest.fixture
def lesson(picture: PortalImage) -> LessonPage:
    """Its French words show the picture, its own don't."""
    page: LessonPage = LessonFactory(body=[("prose", "<p>Words alone.</p>")])
    in_french(page, body=[block(picture)])
    return page


def test_what_a_translation_shows_is_there_for_colleagues(
    visitor: Client, lesson: LessonPage, picture: PortalImage
) -> None:
    assert status(visitor, small(picture)) == 200


@pytest.mark.parametrize("hide", [unpublish, unpublish_module, restrict, restrict_module])
def test_what_is_closed_is_closed_in_every_language(
    hide: Change, visitor: Client, lesson: LessonPage, picture: PortalImage
) -> None:
    hide(lesson)
    assert status(visitor, small(picture)) == 404
