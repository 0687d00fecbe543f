"""A picture or a document is there for whoever may read a page that shows it, for nobody else."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, Revision

from knowledge.models import LessonPage, PortalDocument, PortalImage
from portal.models import User
from tests.factories import LessonFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("portal_site")

EVER_NEW = re.compile(rb'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"')
NOWHERE = "/media/images/nowhere.width-100.png"

type Change = Callable[[LessonPage], object]


@pytest.fixture(autouse=True)
def _stored_elsewhere(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def picture() -> PortalImage:
    return picture_named("launch")


@pytest.fixture
def document() -> PortalDocument:
    made: PortalDocument = PortalDocument.objects.create(
        title="Plan", file=ContentFile(b"%PDF-1.7 <script>alert(1)</script>", name="plan.pdf")
    )
    return made


@pytest.fixture
def lesson(picture: PortalImage, document: PortalDocument) -> LessonPage:
    """Published, and shows both."""
    link = f'<p><a linktype="document" id="{document.pk}">The plan</a></p>'
    page: LessonPage = LessonFactory(body=[("prose", link), block(picture)])
    return page


@pytest.fixture
def editor(portal_site: None) -> Client:
    person: User = PersonFactory(groups=["Marketing"])
    client = Client()
    client.force_login(person)
    return client


def picture_named(name: str) -> PortalImage:
    made: PortalImage = PortalImage.objects.create(
        title=name, description="The bill", file=get_test_image_file(f"{name}.png")
    )
    return made


def block(picture: PortalImage) -> tuple[str, object]:
    return "picture", {"image": picture, "alt": "A bill with its refund", "caption": ""}


def draft_with(lesson: LessonPage, *blocks: tuple[str, object]) -> Revision:
    draft: Any = lesson
    draft.body = blocks
    return draft.save_revision()


def small(picture: PortalImage) -> str:
    url: str = picture.get_rendition("width-100").url
    return url


def answer(client: Client, url: str, **headers: str) -> tuple[int, bytes]:
    """Without what is new in every answer, and without the address itself."""
    response = client.get(url, headers=headers)
    content = b"".join(response).replace(url.encode(), b"")
    return response.status_code, EVER_NEW.sub(b"", content)


def status(client: Client, url: str) -> int:
    return answer(client, url)[0]


def unpublish(lesson: LessonPage) -> None:
    lesson.unpublish()


def unpublish_module(lesson: LessonPage) -> None:
    lesson.module.unpublish()


def take_out(lesson: LessonPage) -> None:
    draft_with(lesson, ("prose", "<p>Words alone.</p>")).publish()


def restrict(page: Page) -> PageViewRestriction:
    restriction: PageViewRestriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    return restriction


def restrict_module(lesson: LessonPage) -> None:
    restrict(lesson.module)


HIDDEN_BY: list[Change] = [unpublish, unpublish_module, take_out, restrict, restrict_module]


def test_what_a_lesson_shows_is_there_for_colleagues(
    visitor: Client, lesson: LessonPage, picture: PortalImage, document: PortalDocument
) -> None:
    assert status(visitor, small(picture)) == 200
    assert status(visitor, document.url) == 200


def test_a_lesson_says_what_its_picture_shows(visitor: Client, lesson: LessonPage) -> None:
    assert 'alt="A bill with its refund"' in visitor.get(lesson.url).content.decode()


@pytest.mark.parametrize("change", HIDDEN_BY)
def test_what_only_hidden_pages_show_is_there_for_editors_alone(
    visitor: Client,
    editor: Client,
    lesson: LessonPage,
    picture: PortalImage,
    document: PortalDocument,
    change: Change,
) -> None:
    change(LessonPage.objects.get(pk=lesson.pk))

    for url in (small(picture), document.url):
        assert (status(visitor, url), status(editor, url)) == (404, 200)
        assert status(Client(), url) == 302


def test_a_picture_of_a_draft_stays_secret_until_it_is_published(
    visitor: Client, lesson: LessonPage
) -> None:
    secret = picture_named("secret")
    draft = draft_with(lesson, block(secret))
    before = status(visitor, small(secret))

    draft.publish()

    assert (before, status(visitor, small(secret))) == (404, 200)


def test_who_may_read_a_private_page_sees_its_pictures(
    visitor: Client, person: User, lesson: LessonPage, picture: PortalImage
) -> None:
    restriction = restrict(lesson.module)
    readers = Group.objects.create(name="Readers")
    restriction.groups.add(readers)
    before = status(visitor, small(picture))

    person.groups.add(readers)

    assert (before, status(visitor, small(picture))) == (404, 200)


def test_a_picture_of_an_open_page_is_open_though_a_private_one_shows_it_too(
    visitor: Client, lesson: LessonPage, picture: PortalImage
) -> None:
    restrict(LessonFactory(body=[block(picture)]))
    assert status(visitor, small(picture)) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Sun, 22 Nov 2099 09:00:00 GMT"},
        {"Range": "bytes=0-9"},
    ],
)
def test_a_secret_picture_answers_as_one_that_is_not_there(
    visitor: Client, picture: PortalImage, headers: dict[str, str]
) -> None:
    nothing = answer(visitor, NOWHERE, **headers)
    for url in (small(picture), picture.file.url):
        assert answer(visitor, url, **headers) == nothing
        assert visitor.head(url, headers=headers).status_code == 404


@pytest.mark.parametrize(
    "spell",
    [
        str.upper,
        lambda path: f"/{path}",
        lambda path: f"./{path}",
        lambda path: f"images/../{path}",
        lambda path: path.replace("/", "//"),
        lambda path: path.replace("/", "%2F"),
        lambda path: path.replace("/", "%5C"),
        lambda path: f"{path}%00",
        lambda path: f"{path}/",
        lambda path: f"{path}%20",
    ],
)
def test_no_other_spelling_leads_to_a_secret_picture(
    visitor: Client, picture: PortalImage, spell: Callable[[str], str]
) -> None:
    for url in (small(picture), picture.file.url):
        assert status(visitor, f"/media/{spell(url.removeprefix('/media/'))}") in {400, 404}


@pytest.mark.parametrize("name", ["plan.pdf", "other.pdf"])
def test_a_document_that_no_page_offers_answers_as_one_that_is_not_there(
    visitor: Client, document: PortalDocument, name: str
) -> None:
    url = f"/documents/{document.pk}/{name}"
    nothing = answer(visitor, "/documents/999999/plan.pdf")
    assert answer(visitor, url, **{"If-None-Match": f'"{document.file_hash}"'}) == nothing


def test_a_page_that_calls_itself_a_pdf_is_not_run(
    visitor: Client, lesson: LessonPage, document: PortalDocument
) -> None:
    response = visitor.get(document.url)
    b"".join(response)
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert "private" in response["Cache-Control"]


def test_many_pages_cost_no_more_queries_than_one(
    visitor: Client,
    lesson: LessonPage,
    picture: PortalImage,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(5):
        restrict(LessonFactory(body=[block(picture)]))
    url = small(picture)
    with django_assert_max_num_queries(9):
        assert status(visitor, url) == 200
