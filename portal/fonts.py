"""Makes the portal's web fonts from the font packages, so that no font is committed.

Each file holds Latin and extended Latin, no hinting (screens have pixels enough) and stays under
60 KB. The serif keeps its weight axis between 400 and 600 at one optical size, the one its
headings are set in. The Open Font License travels with the files; because a subset is a modified
version, which may not carry the fonts' reserved names, only the copyright and licence entries of
the name table are kept.
"""

import hashlib
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import fontpkg
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LATIN = (
    "20-7E,A0-FF,131,152-153,2BB-2BC,2C6,2DA,2DC,304,308,329,2000-206F,20AC,2122,2190-2193,"
    "2212,2215,FEFF,FFFD"
)
LATIN_EXTENDED = (
    "100-2BA,2BD-2C5,2C7-2CC,2CE-2D7,2DD-2FF,1E00-1E9F,1EF2-1EFF,20A0-20AB,20AD-20C0,2113"
)
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum", "pnum"]
COPYRIGHT, TRADEMARK, LICENCE, LICENCE_URL = 0, 7, 13, 14
SERIF_AXES = {"opsz": 24, "wght": (400, 600)}
STAMP = ".recipe"


@dataclass(frozen=True)
class Face:
    """One web font to make from one file of a font package."""

    name: str
    family: str
    weight: int = 400
    style: str = "normal"
    is_variable: bool = False

    @property
    def source(self) -> Path:
        path: Path = fontpkg.path(self.family, self.weight, self.style)
        return path

    @property
    def licence(self) -> Path:
        return self.source.parents[1] / "LICENSE"


SANS, SERIF = "Atkinson Hyperlegible", "Source Serif 4"
FACES = (
    Face("atkinson-hyperlegible-400", SANS),
    Face("atkinson-hyperlegible-400-italic", SANS, style="italic"),
    Face("atkinson-hyperlegible-700", SANS, weight=700),
    Face("source-serif-4", SERIF, is_variable=True),
)


def build_fonts(folder: Path) -> list[Path]:
    """Writes the web fonts into `folder`. Empty when they were already up to date."""
    stamp = folder / STAMP
    recipe = _recipe()
    if stamp.is_file() and stamp.read_text() == recipe:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        shutil.copyfile(face.licence, folder / f"OFL-{fontpkg.slugify(face.family)}.txt")
    made = [_make(face, folder / f"{face.name}.woff2") for face in FACES]
    stamp.write_text(recipe)
    return made


def _recipe() -> str:
    """Changes when a font package, fontTools or this module does."""
    packages = ("fontpkg-atkinson-hyperlegible", "fontpkg-source-serif-4", "fonttools")
    module = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    return " ".join([*(f"{package}={version(package)}" for package in packages), module])


def _make(face: Face, target: Path) -> Path:
    font = TTFont(face.source)
    options = subset.Options(
        layout_features=FEATURES,
        name_IDs=[COPYRIGHT, TRADEMARK, LICENCE, LICENCE_URL],
        hinting=False,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_code_points(f"{LATIN},{LATIN_EXTENDED}"))
    subsetter.subset(font)
    if face.is_variable:
        font = instantiateVariableFont(font, SERIF_AXES)
    font.flavor = "woff2"
    font.save(target)
    return target


def _code_points(ranges: str) -> list[int]:
    points: list[int] = []
    for written in ranges.split(","):
        first, _, last = written.partition("-")
        points.extend(range(int(first, 16), int(last or first, 16) + 1))
    return points
