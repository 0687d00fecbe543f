"""What one Markdown file says, once it is read: a brief, a promise, a module or a lesson."""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from knowledge.importers.content.bodies import Answer, Picture, Piece
from knowledge.importers.content.front_matter import Fields, Line
from knowledge.importers.reporting import FaultList
from knowledge.models import OpensAgain


@dataclass(frozen=True, slots=True)
class FactFile:
    line: int
    key: str
    kind: str
    title: str
    statement: str
    limits: str
    proof: str


@dataclass(frozen=True, slots=True)
class ClaimFile:
    line: int
    key: str
    measure: str
    comparator: str
    target: Decimal | None
    unit: str
    statistic: str
    condition: str
    expectation: str


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A product, a segment or a channel: its name, and what the file tells of it."""

    line: int
    name: str
    told: dict[str, str] = field(default_factory=dict)
    # What one brief says to a segment.
    message: str = ""


@dataclass(frozen=True, slots=True)
class BriefFile:
    fields: Fields
    faults: FaultList
    slug: str
    title: str
    version: int | None = None
    one_breath: str = ""
    right_for: str = ""
    not_right_for: str = ""
    expectation: str = ""
    sponsor: str = ""
    owner: str = ""
    carer: str = ""
    verify_days: int | None = None
    embargo_until: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    replaced_by: str = ""
    products: tuple[NamedFile, ...] = ()
    segments: tuple[NamedFile, ...] = ()
    channels: tuple[NamedFile, ...] = ()
    promises: tuple[Line, ...] = ()
    say: tuple[Line, ...] = ()
    dont_say: tuple[Line, ...] = ()
    facts: tuple[FactFile, ...] = ()
    answers: tuple[Answer, ...] = ()
    is_draft: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PromiseFile:
    fields: Fields
    faults: FaultList
    slug: str
    title: str
    sentence: str
    why_us: str
    is_pilot: bool
    sponsor: str
    owner: str
    position: int | None
    claims: tuple[ClaimFile, ...]
    lands_at: str = ""
    customer_gets: str = ""
    benchmark: str = ""
    benchmark_source: str = ""
    carer: str = ""
    verify_days: int | None = None
    is_draft: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonFile:
    fields: Fields
    faults: FaultList
    slug: str
    title: str
    minutes: int | None
    one_breath: str
    body: tuple[Piece, ...]
    is_draft: bool = False
    notes: tuple[str, ...] = ()

    @property
    def pictures(self) -> list[Picture]:
        return [piece for piece in self.body if isinstance(piece, Picture)]


@dataclass(frozen=True, slots=True)
class ModuleFile:
    """`is_kept`: the portal's own module, which only takes in the lessons."""

    fields: Fields
    faults: FaultList
    slug: str
    title: str
    brief: str
    intro: str = ""
    able_to_say: tuple[Line, ...] = ()
    try_it: str = ""
    valid_days: int | None = None
    closes_on: date | None = None
    closes_at: time | None = None
    closes_zone: str = ""
    opens_again: str = OpensAgain.TOMORROW.value
    owner: str = ""
    carer: str = ""
    verify_days: int | None = None
    lessons: list[LessonFile] = field(default_factory=list)
    is_draft: bool = False
    is_kept: bool = False
    notes: tuple[str, ...] = ()


type Document = BriefFile | PromiseFile | ModuleFile | LessonFile
