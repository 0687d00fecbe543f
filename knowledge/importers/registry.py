"""Which kinds of files can be brought in and taken out in the browser: a register of all rooms.

Knowledge must not know of questions or people, yet its page shows all kinds in one place. Each
room registers its own when the editor starts (`wagtail_hooks`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from knowledge.importers.reporting import ImportReport

type AnyUser = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the sender asks for besides the file; `module` and `brief` are slugs.

    `is_everybody` says that whoever isn't in the file has left, `leavers` how many may leave by it.
    """

    skip_unsupported: bool = False
    is_everybody: bool = False
    leavers: int | None = None
    invites: bool = False
    module: str = ""
    brief: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that is taken out."""

    name: str
    content_type: str
    pieces: Iterable[bytes | str]


class Importer(Protocol):
    def __call__(self, path: Path, wishes: Wishes, /, *, dry_run: bool) -> ImportReport: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """One kind of file: who may bring it in, how it is read, and how it is taken out again.

    `asks` are the wishes that its importer knows, each with the words that explain it. `take_out`
    is given the slug of a module, or nothing for all; and where there are `formats` to choose from,
    by name and words, the name of one. `places` are where the result can be looked at, as pairs of
    words and address.
    """

    name: str
    order: int
    label: Any
    about: Any
    suffixes: tuple[str, ...]
    most_bytes: int
    may: Callable[[AnyUser], bool]
    bring_in: Importer
    places: Callable[[], Iterable[tuple[str, str]]]
    asks: Mapping[str, Any] = field(default_factory=dict)
    take_out: Callable[..., Download] | None = None
    is_taken_by_module: bool = False
    formats: Mapping[str, Any] = field(default_factory=dict)

    @property
    def can_be_taken_out(self) -> bool:
        """A template would call `take_out` itself."""
        return self.take_out is not None


_kinds: dict[str, FileKind] = {}


def register_file_kind(kind: FileKind) -> None:
    _kinds[kind.name] = kind


def file_kinds(person: AnyUser) -> list[FileKind]:
    """Those that this person may bring in and take out."""
    ordered = sorted(_kinds.values(), key=lambda kind: kind.order)
    return [kind for kind in ordered if kind.may(person)]


def file_kind(name: str) -> FileKind | None:
    return _kinds.get(name)
