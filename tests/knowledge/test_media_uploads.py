"""A picture is looked at and described before it is stored, whichever door it comes through."""

import io
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings
from wagtail.models import Collection, UploadedFile

from knowledge.models import PortalDocument, PortalImage
from tests.factories import PersonFactory

pytestmark = pytest.mark.usefixtures("portal_site")

MANY = "/cms/images/multiple/add/"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

type Door = Callable[..., str]


@pytest.fixture(autouse=True)
def _stored_elsewhere(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(client: Client, portal_site: None) -> Client:
    client.force_login(PersonFactory(groups=["Marketing"]))
    return client


def one(desk: Client, file: SimpleUploadedFile, **fields: str) -> str:
    sent = {"title": "Bill", "file": file, "collection": collection(), **fields}
    return desk.post("/cms/images/add/", sent, follow=True).content.decode()


def many(desk: Client, file: SimpleUploadedFile, **fields: str) -> str:
    """Drops a file; then, where the editor asks for more, sends what is asked for."""
    answer = desk.post(MANY, {"title": "Bill", "files[]": file}).json()
    if not answer["success"]:
        return str(answer["error_message"])
    number = answer["uploaded_file_id"]
    sent = {"title": "Bill", "collection": collection(), **fields}
    return str(
        desk.post(
            f"/cms/images/multiple/create_from_uploaded_image/{number}/",
            {f"uploaded-image-{number}-{name}": value for name, value in sent.items()},
        ).json()
    )


def chooser(desk: Client, file: SimpleUploadedFile, **fields: str) -> str:
    sent = {"title": "Bill", "file": file, "collection": collection(), **fields}
    named = {f"image-chooser-upload-{name}": value for name, value in sent.items()}
    return str(desk.post("/cms/images/chooser/create/", named).json())


DOORS: list[Door] = [one, many, chooser]


def collection() -> str:
    return str(Collection.get_first_root_node().pk)


def saved(kind: str = "PNG", size: tuple[int, int] = (64, 64), **kwargs: Any) -> bytes:
    data = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(data, kind, **kwargs)
    return data.getvalue()


def upload(data: bytes, name: str = "bill.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def moving(kind: str) -> bytes:
    other = Image.new("RGB", (64, 64), "red")
    return saved(kind, save_all=True, append_images=[other])


REFUSED = [
    ("bill.png", claims(20_000, 20_000), "50 million pixels"),
    ("bill.png", saved(size=(512, 512))[:-800], "broken off"),
    ("bill.gif", moving("GIF"), "moving picture"),
    ("bill.png", moving("PNG"), "moving picture"),
    ("bill.png", b"<!doctype html><script>alert(1)</script>", "a picture that the portal can show"),
    ("bill.svg", SVG, "carry scripts"),
    ("bill.png", SVG, "carry scripts"),
    ("bill.html", saved(), "PNG, JPEG, WebP, GIF and AVIF"),
    ("bill.jpg", saved("TIFF"), "Save it as PNG, JPEG or WebP"),
    ("bill.png", saved() + b"\0" * 10_000_000, "larger than 10 MB"),
]


@pytest.mark.parametrize("door", DOORS)
def test_a_picture_that_is_described_is_stored(desk: Client, door: Door) -> None:
    door(desk, upload(saved()), description="A bill with its refund")
    assert PortalImage.objects.get().default_alt_text == "A bill with its refund"


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("description", ["", "   "])
def test_a_picture_that_nobody_described_is_not_stored(
    desk: Client, door: Door, description: str
) -> None:
    answer = door(desk, upload(saved()), description=description)
    assert not PortalImage.objects.exists()
    assert "Say what the picture shows" in answer


@pytest.mark.parametrize("door", DOORS)
def test_a_picture_that_only_adorns_needs_no_words(desk: Client, door: Door) -> None:
    door(desk, upload(saved()), is_decorative="on")
    assert PortalImage.objects.get().default_alt_text == ""


@pytest.mark.parametrize("door", DOORS)
def test_a_picture_can_not_both_show_something_and_only_adorn(desk: Client, door: Door) -> None:
    answer = door(desk, upload(saved()), description="A bill", is_decorative="on")
    assert not PortalImage.objects.exists()
    assert "take out the tick" in answer


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("name", "data", "words"), REFUSED)
def test_what_is_no_picture_to_show_is_refused_within_a_second(
    desk: Client, door: Door, name: str, data: bytes, words: str
) -> None:
    start = time.perf_counter()
    answer = door(desk, upload(data, name), description="A bill")
    assert time.perf_counter() - start < 1
    assert words in answer
    assert not PortalImage.objects.exists()
    assert not UploadedFile.objects.exists()


def test_the_editor_may_show_a_picture_that_is_about_to_be_sent(desk: Client) -> None:
    assert "img-src 'self' data: blob:" in desk.get(MANY)["Content-Security-Policy"]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_each_kind_that_the_importer_takes_is_taken(desk: Client, kind: str) -> None:
    one(desk, upload(saved(kind), f"bill.{kind.lower()}"), description="A bill")
    assert PortalImage.objects.exists()


@pytest.mark.parametrize("url", ["/cms/images/{}/", "/cms/images/multiple/{}/"])
def test_a_stored_picture_keeps_its_description(desk: Client, url: str) -> None:
    one(desk, upload(saved()), description="A bill")
    picture = PortalImage.objects.get()
    prefix = f"image-{picture.pk}-" if "multiple" in url else ""
    sent = {"title": "Bill", "description": "", "collection": collection()}
    answer = desk.post(
        url.format(picture.pk), {f"{prefix}{name}": value for name, value in sent.items()}
    )
    assert "Say what the picture shows" in answer.content.decode()
    assert PortalImage.objects.get().description == "A bill"


def test_a_picture_that_only_adorns_says_so_when_it_is_opened(desk: Client) -> None:
    one(desk, upload(saved()), is_decorative="on")
    form = desk.get(f"/cms/images/{PortalImage.objects.get().pk}/").context["form"]
    assert form["is_decorative"].value()
    assert not desk.get("/cms/images/add/").context["form"]["is_decorative"].value()


@pytest.mark.parametrize(
    ("name", "data", "is_taken"),
    [
        ("plan.pdf", b"%PDF-1.7", True),
        ("plan.docx", b"PK\x03\x04", True),
        ("plan.txt", b"A plan", True),
        ("plan.pdf", b"<!doctype html><script>alert(1)</script>", False),
        ("plan.txt", b"\x7fELF", False),
        ("plan.html", b"<p>A plan</p>", False),
        ("plan.svg", SVG, False),
    ],
)
def test_a_document_is_what_its_name_says(
    desk: Client, name: str, data: bytes, is_taken: bool
) -> None:
    sent = {"title": "Plan", "file": upload(data, name), "collection": collection()}
    desk.post("/cms/documents/add/", sent)
    assert PortalDocument.objects.exists() is is_taken
