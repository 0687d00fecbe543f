"""The formats in which questions come in and go out, one file each.

**To add one** (Moodle XML, QTI), write a file beside `aiken.py` that makes a `Format`, and name it
in `FORMATS` above those that read nearly everything. Its `read` has two ways to say what it found:

- *It holds texts as strangers write them.* Parse it into `ParsedQuestion` and `GiftFault`, the
  shapes in which GIFT is understood: each text says whether it is HTML, Markdown or plain. Hand
  them to `drafts.understood`, which knows what of them the portal can keep.
- *It says just what the portal asks for.* Make each `Found` with its `QuestionDraft`, or with its
  faults, as the tables in `sheets` do. `Hints` tell whoever wrote the file where to write what.

Nothing else has to change: the pages of the editor, both commands and the guide's promises (a dry
run, every fault with its place, all or nothing) go for every format in `FORMATS`.
"""

from quizzes.importers.questions.formats.aiken import AIKEN
from quizzes.importers.questions.formats.format import Format, Reading, Source
from quizzes.importers.questions.formats.gift import GIFT
from quizzes.importers.questions.formats.separated import CSV
from quizzes.importers.questions.formats.workbooks import XLSX

__all__ = [
    "AIKEN",
    "CSV",
    "FORMATS",
    "GIFT",
    "SUFFIXES",
    "XLSX",
    "Format",
    "Reading",
    "Source",
    "format_named",
    "format_of",
    "writable",
]

# In the order in which a file is tried. GIFT is last: it takes any text.
FORMATS: tuple[Format, ...] = (XLSX, CSV, AIKEN, GIFT)
SUFFIXES = tuple(
    dict.fromkeys(suffix for format_ in reversed(FORMATS) for suffix in format_.suffixes)
)


def format_of(source: Source) -> Format:
    return next((format_ for format_ in FORMATS if format_.is_it(source)), GIFT)


def writable() -> list[Format]:
    """Those in which questions can be taken out; the first is the usual one."""
    return [format_ for format_ in reversed(FORMATS) if format_.write is not None]


def format_named(name: str) -> Format | None:
    return next((format_ for format_ in writable() if format_.name == name), None)
