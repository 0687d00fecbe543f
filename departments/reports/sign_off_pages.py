"""What a head looks at before they give their word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from departments.models import Department, Link, SignOff
from departments.reports.editions import Editions
from departments.reports.known import Known
from departments.reports.sign_offs import Said
from departments.reports.threads import brief_of
from knowledge.changes import FactChange
from knowledge.models import BriefPage, PromisePage
from knowledge.reports import changes_address


@dataclass(frozen=True, slots=True)
class VersionSaid:
    """A version that can be signed: when it goes out, where to read it, which word counts."""

    version: int
    on: date | None
    is_ahead: bool
    url: str
    said: Said


@dataclass(frozen=True, slots=True)
class SignPage:
    """A department's part of a promise, and all that was said of it, the newest first."""

    promise: PromisePage
    links: Sequence[Link]
    brief: BriefPage | None
    editions: Editions | None
    versions: tuple[VersionSaid, ...]
    history: Sequence[SignOff]

    @property
    def department(self) -> Department:
        department: Department = self.links[0].department
        return department

    @property
    def changes(self) -> Sequence[FactChange]:
        """What the version that is scheduled will say otherwise."""
        ahead = self.editions.ahead if self.editions else None
        return ahead.changes if ahead else ()


def sign_page(promise: PromisePage, department: int, *, on: date) -> SignPage | None:
    """None where the department has no link; a fixed number of queries."""
    brief = brief_of(promise)
    known = Known([promise], [brief] if brief else [], on=on)
    links = [link for link in known.links[promise.pk] if link.department_id == department]
    if not links:
        return None
    editions = known.editions[brief.pk] if brief else None

    def told(version: int) -> VersionSaid:
        return VersionSaid(
            version=version,
            on=editions.out_on(version) if editions else None,
            is_ahead=bool(editions and version > editions.live),
            url=_address(brief, editions, version),
            said=known.said(promise, department, brief, version),
        )

    versions = tuple(map(told, known.signable(brief)))
    history = [each for each in known.words[promise.pk].said if each.department_id == department]
    return SignPage(promise, links, brief, editions, versions, history)


def _address(brief: BriefPage | None, editions: Editions | None, version: int) -> str:
    """Where what it changed can be read; nothing of the first version, or of one to come."""
    earlier = [each for each in editions.out if each < version] if editions else []
    if brief is None or editions is None or version not in editions.out or not earlier:
        return ""
    return changes_address(brief, max(earlier), version)
