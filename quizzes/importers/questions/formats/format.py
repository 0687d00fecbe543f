from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from knowledge.importers.encodings import Decoded
from knowledge.importers.files import MOST_BYTES, read_any_text
from knowledge.importers.reporting import FaultList
from quizzes.importers.questions.drafts import Found
from quizzes.models import Question


class Source:
    """A file that somebody brings. Whoever asks for its text and gets none has the reasons."""

    def __init__(self, path: Path, faults: FaultList, *, page: str = "") -> None:
        self.path, self.faults, self.page = path, faults, page

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()

    @cached_property
    def decoded(self) -> Decoded | None:
        return read_any_text(self.path, self.faults, page=self.page, most_bytes=MOST_BYTES)

    @property
    def text(self) -> str:
        return self.decoded.text if self.decoded else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that stands in a file, in its order; `notes` say how it was read."""

    found: list[Found]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write questions down.

    `is_it` tells by what stands in the file; `read` never raises for what stands there, but adds
    to the faults of the source what is wrong with the file as a whole, and to each question what
    is wrong with that. `write` is given questions as the editor shows them, those of one module
    together; what it writes and `read` reads again is equal. A format may do without it.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    is_it: Callable[[Source], bool]
    read: Callable[[Source], Reading]
    # Whether it is no text, so that nobody asks for its code page.
    is_packed: bool = False
    content_type: str = ""
    write: Callable[[Iterable[Question]], bytes] | None = None

    @property
    def suffix(self) -> str:
        return self.suffixes[0]
