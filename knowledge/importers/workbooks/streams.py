"""XML as a stream of events, with an end to everything."""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from django.utils.translation import gettext as _

MOST_ELEMENTS = 500_000
MOST_LETTERS = 20_000_000

_CHUNK = 65_536
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)


class TooMuchError(ValueError):
    """A workbook is larger than anybody's questions or lists are."""


@dataclass(slots=True)
class Allowance:
    """How much of a workbook may still be read."""

    elements: int = MOST_ELEMENTS
    letters: int = MOST_LETTERS

    def take(self, *, elements: int = 0, letters: int = 0) -> None:
        self.elements -= elements
        self.letters -= letters
        if self.elements < 0 or self.letters < 0:
            raise TooMuchError(_("it holds too much"))


class Part:
    """One file of a workbook; subclasses say what becomes of each element, by its local name."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self.words: list[str] | None = None

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        """What ends without saying anything is nothing."""

    def read(self, path: Path) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._hear
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk, False)  # noqa: FBT003  (expat's)
        parser.Parse(b"", True)  # noqa: FBT003  (expat's)

    def heard(self) -> str:
        """The text since `listen`."""
        words, self.words = "".join(self.words or ()), None
        return words

    def listen(self) -> None:
        self.words = []

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self.allowance.take(elements=1)
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self.begin(name.rpartition(" ")[2], local)

    def _end(self, name: str) -> None:
        self.end(name.rpartition(" ")[2])

    def _hear(self, words: str) -> None:
        if self.words is not None:
            self.allowance.take(letters=len(words))
            self.words.append(words)


def _refuse_doctype(*_declared: object) -> None:
    raise ValueError(_("it holds a document type"))


def unescaped(text: str) -> str:
    """`_x000D_` stands for a sign that XML can't hold."""
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if code in _SURROGATES else chr(code)
