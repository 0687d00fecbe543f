"""Where a link or a picture of a page leads, within the folder that is brought in."""

import posixpath
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

KEPT_SCHEMES = {"http", "https", "mailto", "tel"}
SUFFIXES = (".md", ".markdown")
INDEX_NAMES = ("index", "readme", "_index")
MOST_SIGNS = 2_000

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def key_of(path: str) -> str:
    """The same for é written as one sign or as two, and without regard to capitals."""
    return unicodedata.normalize("NFC", path).casefold()


@dataclass(slots=True)
class Atlas:
    """All files of the folder, and the addresses of the pages that they become."""

    addresses: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)

    def add_file(self, path: str, file: Path) -> None:
        self.files.setdefault(key_of(path), file)

    def add_page(self, path: str, address: str) -> None:
        self.addresses.setdefault(key_of(path), address)

    def page(self, target: str, origin: str) -> str | None:
        """The address of the page that a relative link in `origin` means."""
        for place in _places(target, origin):
            for name in _names(place):
                if address := self.addresses.get(name):
                    return address
        return None

    def file(self, target: str, origin: str) -> Path | None:
        return next(
            (self.files[place] for place in _places(target, origin) if place in self.files), None
        )


def scheme_of(target: str) -> str:
    found = _SCHEME.match(target)
    return found[1].lower() if found else ""


def _places(target: str, origin: str) -> list[str]:
    """Where it may stand: from the folder of `origin`, or from the top after a slash."""
    path = re.split(r"[?#]", target[:MOST_SIGNS], maxsplit=1)[0]
    paths = dict.fromkeys([unquote(path), path])
    if target.startswith("/"):
        tops = ["", "static/", "docs/", "content/", "public/"]
        return [
            key_of(posixpath.normpath(top + name.lstrip("/"))) for name in paths for top in tops
        ]
    folder = posixpath.dirname(origin)
    return [key_of(posixpath.normpath(posixpath.join(folder, name))) for name in paths]


def _names(place: str) -> list[str]:
    bare = place.removesuffix(".html").removesuffix(".htm")
    inside = [f"{place}/{name}" for name in INDEX_NAMES]
    return [place, *(f"{name}{suffix}" for name in (bare, *inside) for suffix in SUFFIXES)]
