from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from portal.fonts import build_fonts

LARGEST = 60 * 1024


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    build_fonts(folder)
    return folder


def test_no_web_font_is_larger_than_a_phone_should_load(folder: Path) -> None:
    assert max(font.stat().st_size for font in folder.glob("*.woff2")) < LARGEST


def test_fonts_that_are_up_to_date_are_left_alone(folder: Path) -> None:
    assert build_fonts(folder) == []


def test_fonts_are_made_again_when_the_recipe_changed(folder: Path) -> None:
    (folder / ".recipe").write_text("another")
    assert len(build_fonts(folder)) == len(list(folder.glob("*.woff2")))


def test_the_serif_bends_between_the_weights_the_sheet_uses(folder: Path) -> None:
    (axis,) = TTFont(folder / "source-serif-4.woff2")["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 600)


@pytest.mark.parametrize("letter", ["é", "ł", "ğ", "ș", "€", "’", "–", "\u00a0"])
def test_every_font_knows_the_letters_of_european_names(folder: Path, letter: str) -> None:
    for path in folder.glob("*.woff2"):
        assert ord(letter) in TTFont(path).getBestCmap()


def test_the_licence_travels_with_the_fonts(folder: Path) -> None:
    assert len(list(folder.glob("OFL-*.txt"))) == 2
