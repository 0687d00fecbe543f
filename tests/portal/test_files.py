"""Who may see a stored file by its address."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Site
from wagtail.users.models import UserProfile

from knowledge.models import PortalDocument, PortalImage
from portal.models import BrandSettings, User
from tests.factories import LessonFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stored_elsewhere(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def picture() -> PortalImage:
    image: PortalImage = PortalImage.objects.create(
        title="Launch", file=get_test_image_file("launch.png")
    )
    return image


@pytest.fixture
def visitor(client: Client) -> Client:
    client.force_login(PersonFactory())
    return client


@pytest.fixture
def editor(portal_site: None) -> Client:
    person: User = PersonFactory(groups=["Marketing"])
    client = Client()
    client.force_login(person)
    return client


def status(client: Client, url: str) -> int:
    """Reads what comes to its end, so that the file is closed."""
    response = client.get(url)
    b"".join(response)
    return response.status_code


def shown(picture: PortalImage) -> str:
    """The address of one size of it, once a lesson shows it."""
    LessonFactory(body=[("picture", {"image": picture, "alt": "The bill", "caption": ""})])
    url: str = picture.get_rendition("width-100").url
    return url


def test_a_shown_picture_is_for_people_who_are_signed_in(
    visitor: Client, picture: PortalImage
) -> None:
    response = visitor.get(shown(picture))
    b"".join(response)

    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "private" in response["Cache-Control"]
    assert status(Client(), shown(picture)) == 302


def test_an_uploaded_picture_is_for_editors_whatever_page_shows_it(
    visitor: Client, editor: Client, picture: PortalImage
) -> None:
    shown(picture)

    assert status(visitor, picture.file.url) == 404
    assert status(editor, picture.file.url) == 200


def test_a_picture_of_a_restricted_collection_is_not_there(
    visitor: Client, picture: PortalImage
) -> None:
    url = shown(picture)
    secret = Collection.get_first_root_node().add_child(name="Secret")
    CollectionViewRestriction.objects.create(
        collection=secret, restriction_type=CollectionViewRestriction.GROUPS
    )
    PortalImage.objects.filter(pk=picture.pk).update(collection=secret)

    assert status(visitor, url) == 404


def test_a_document_has_no_address_but_its_own_door(visitor: Client, editor: Client) -> None:
    document = PortalDocument.objects.create(
        title="Plan", file=ContentFile(b"plan", name="plan.txt")
    )

    for client in (visitor, editor):
        for path in (document.file.name, f"original_images/../{document.file.name}"):
            assert status(client, f"/media/{path}") == 404


def test_a_file_outside_the_folder_is_not_there(editor: Client) -> None:
    for path in ("../portal.sqlite3", "original_images/../../secret_key"):
        assert status(editor, f"/media/{path}") in {400, 404}


def test_a_picture_that_calls_itself_a_page_is_only_handed_out(editor: Client) -> None:
    response = editor.get(
        PortalImage.objects.create(title="-", file=get_test_image_file("page.html")).file.url
    )
    b"".join(response)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment"


def test_an_editors_portrait_is_for_editors(visitor: Client, editor: Client) -> None:
    profile = UserProfile.objects.create(
        user=PersonFactory(), avatar=get_test_image_file("face.png")
    )
    assert (status(visitor, profile.avatar.url), status(editor, profile.avatar.url)) == (404, 200)


@pytest.mark.parametrize("url", ["", "preview/max-100x100/", "generate_url/", "usage/"])
def test_the_editors_views_of_a_picture_are_for_editors(
    visitor: Client, picture: PortalImage, url: str
) -> None:
    assert status(visitor, f"/cms/images/{picture.pk}/{url}") == 403
    assert status(visitor, f"/cms/images/chooser/{picture.pk}/") == 403


def test_the_sign_in_page_shows_the_logo(picture: PortalImage, portal_site: None) -> None:
    site = Site.objects.get(is_default_site=True)
    BrandSettings.objects.create(site=site, name="Northbank", logo=picture)
    url = reverse("portal:logo", args=["light"])

    page = Client().get("/accounts/login/").content.decode()

    assert f'src="{url}"' in page
    assert status(Client(), url) == 200


def test_a_logo_whose_file_was_lost_is_not_there(picture: PortalImage, portal_site: None) -> None:
    site = Site.objects.get(is_default_site=True)
    BrandSettings.objects.create(site=site, logo=picture)
    Path(picture.file.path).unlink()

    assert status(Client(), reverse("portal:logo", args=["light"])) == 404


def test_on_dark_ground_a_logo_of_its_own_is_shown(picture: PortalImage, portal_site: None) -> None:
    other = PortalImage.objects.create(title="Night", file=get_test_image_file("night.png"))
    site = Site.objects.get(is_default_site=True)
    BrandSettings.objects.create(site=site, logo=picture, logo_dark=other)

    status(Client(), reverse("portal:logo", args=["dark"]))

    assert (other.renditions.count(), picture.renditions.count()) == (1, 0)


def test_without_a_logo_there_is_none() -> None:
    assert status(Client(), reverse("portal:logo", args=["light"])) == 404
