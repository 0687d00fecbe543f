import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.core.management import CommandError, call_command
from PIL import Image

from departments.importers.people import import_people
from knowledge.exports import export_archive, export_content
from knowledge.importers.content import import_content
from knowledge.importers.reporting import Tally
from knowledge.models import BriefPage, LessonPage, ModulePage, PortalImage, PromisePage
from portal.models import User
from tests.importing import AT, demo_files, example_files
from tests.prepared import prepared_portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files = example_files(tmp_path)
    prepared_portal()
    for email in ("esme.hale@wrenfield.example", "ada.fernsby@wrenfield.example"):
        User.objects.create(email=email)
    import_content(files / "content")
    return tmp_path


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def empty_portal() -> None:
    for model in (LessonPage, ModulePage, BriefPage, PromisePage):
        for page in model.objects.all():
            page.delete()
    PortalImage.objects.all().delete()


def lesson() -> LessonPage:
    page: LessonPage = LessonPage.objects.get(slug="two-years")
    return page


def edit(name: str, value: Any) -> None:
    page = lesson()
    setattr(page, name, value)
    page.save_revision().publish()


def back_again(folder: Path) -> None:
    """Brought in again, the export changes nothing; in an empty portal it comes out the same."""
    first = export_content(folder / "first")
    again = import_content(folder / "first")
    assert again.tally == Tally(unchanged=len(again.entries))
    empty_portal()
    import_content(folder / "first")
    assert export_content(folder / "second") == first
    assert files_in(folder / "second") == files_in(folder / "first")


def test_the_examples_come_out_as_they_came_in(content: Path) -> None:
    back_again(content)


def test_the_demo_comes_out_as_it_came_in(tmp_path: Path) -> None:
    files = demo_files(tmp_path)
    prepared_portal()
    import_people(files / "people.csv", at=AT)
    import_content(files / "content")
    back_again(tmp_path)


def test_what_an_editor_wrote_comes_out_as_it_is_shown(content: Path) -> None:
    page = lesson()
    raw = page.body.get_prep_value()
    raw[0]["value"] = (
        f'<h2>One<br/>two</h2><p data-block-key="ab1cd">See <a id="{page.pk}" linktype="page">'
        "<b>here</b></a>! <i>R&amp;D</i>\u00a0* 1. x</p><p></p><ul><li>a<ol><li>b</li></ol></li>"
        "</ul><ul><li>c</li></ul>"
    )
    raw.append({"type": "prose", "value": "<p>more</p>", "id": "x"})
    raw.append({"type": "prose", "value": "<p>and more</p>", "id": "y"})
    edit("body", raw)
    back_again(content)


def test_a_call_keeps_its_lines_and_its_colons(content: Path) -> None:
    page = lesson()
    raw = page.body.get_prep_value()
    call = next(block for block in raw if block["type"] == "call")
    call["value"]["turns"][0]["value"] = {
        "speaker": "Ada: Care",
        "words": "First line: yes\r\n\r\nsecond ```line",
    }
    edit("body", raw)
    exported = export_content(content / "out")
    text = (content / "out" / exported.files[-2]).read_text(encoding="utf-8")
    assert "Ada\\: Care: First line: yes\n  \n  second ```line" in text
    import_content(content / "out")
    empty_portal()
    import_content(content / "out")
    turn = next(block for block in lesson().body if block.block_type == "call").value["turns"][0]
    assert (turn["speaker"], turn["words"]) == ("Ada: Care", "First line: yes\n\nsecond ```line")


def test_pictures_of_the_same_name_are_told_apart(content: Path) -> None:
    page = lesson()
    raw = page.body.get_prep_value()
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "#0b5c5e").save(data, "PNG")
    image = PortalImage(title="Two years", width=8, height=8, file_hash="0")
    image.file.save("other.png", ImageFile(data, name="other.png"))
    picture = {"image": image.pk, "alt": 'A "line" [x] & more', "caption": 'The "other" \\ one'}
    raw.append({"type": "picture", "value": picture, "id": "p"})
    edit("body", raw)
    exported = export_content(content / "out")
    names = {Path(name).name for name in exported.files if name.endswith(".png")}
    assert names == {"two-years.png", "two-years-2.png"}
    import_content(content / "out")
    block = lesson().body[-1].value
    assert (block["alt"], block["caption"]) == (picture["alt"], picture["caption"])


def test_drafts_stay_where_they_are_and_are_named(content: Path) -> None:
    lesson().unpublish()
    export = export_content(content / "out")
    assert export.left_out == ["Two years, one price: not published"]
    assert not [name for name in export.files if "two-years" in name]


def test_a_module_whose_brief_is_not_published_is_left_out(content: Path) -> None:
    BriefPage.objects.get().unpublish()
    export = export_content(content / "out")
    assert export.files == ["promises/one-price.md"]
    assert export.left_out[-1] == "Price promise: its brief is not published"


def test_an_archive_holds_the_same_files_and_comes_in_again(content: Path) -> None:
    export_content(content / "out")
    export_archive(content / "out.zip")
    with zipfile.ZipFile(content / "out.zip") as archive:
        packed = {name.removeprefix("content/"): archive.read(name) for name in archive.namelist()}
    assert packed == files_in(content / "out")
    assert import_content(content / "out.zip").tally == Tally(unchanged=5)


def test_the_command_says_what_it_wrote(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lesson().unpublish()
    call_command("export_content", str(content / "new"))
    assert capsys.readouterr().out.splitlines() == [
        "left out  Two years, one price: not published",
        "4 files written.",
    ]


def test_the_command_writes_over_nothing(content: Path) -> None:
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_content", str(content))
