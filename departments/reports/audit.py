"""The log of who changed what, in words. It reads audit lines, and nothing else."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from departments.models import AuditLine, Department, Headship, Membership, TimeRequest
from knowledge.models import ModulePage

type InWords = Callable[[date], str]

LEVELS = {level.value: level.label for level in Membership.Level}
LABELS: Mapping[str, Any] = {
    "department": gettext_lazy("in %(value)s"),
    "under": gettext_lazy("under %(value)s"),
    "title": gettext_lazy("as %(value)s"),
    "day": gettext_lazy("on %(value)s"),
    "due_on": gettext_lazy("by %(value)s"),
    "until": gettext_lazy("until %(value)s"),
    "starts_on": gettext_lazy("from %(value)s"),
    "ends_on": gettext_lazy("until %(value)s"),
    "closed_on": gettext_lazy("closed on %(value)s"),
    "leave_from": gettext_lazy("on leave from %(value)s"),
    "leave_to": gettext_lazy("on leave until %(value)s"),
    "merged_into": gettext_lazy("merged into %(value)s"),
    "levels": gettext_lazy("only %(value)s"),
    "titles": gettext_lazy("only %(value)s"),
    "modules": gettext_lazy("for %(value)s"),
}
# PostgreSQL gives keys back in an order of its own.
ORDER = (
    "answer",
    "kind",
    "department",
    "under",
    "title",
    "level",
    "modules",
    "day",
    "due_on",
    "until",
    "joiner_days",
    "levels",
    "titles",
    "starts_on",
    "ends_on",
    "closed_on",
    "merged_into",
    "leave_from",
    "leave_to",
)
CHOICES: Mapping[str, Any] = {
    "kind": dict(Headship.Kind.choices),
    "level": LEVELS,
    "answer": dict(TimeRequest.Answer.choices),
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One act: when, what, of whom or what, by whom, why, and what it was before and after."""

    at: datetime
    kind: str
    about: str
    department: str
    by: str
    reason: str
    before: str
    after: str


def audit_lines(
    department: Department, *, everything: bool, words: str = "", kind: str = ""
) -> Any:
    """Of the department, and of all below it; `everything` has lines of no department, too."""
    lines = AuditLine.objects.all() if everything else AuditLine.objects.below(department)
    if kind:
        lines = lines.filter(kind=kind)
    for word in words.split():
        lines = lines.filter(
            Q(person__first_name__icontains=word) | Q(person__last_name__icontains=word)
        )
    return lines.select_related("by", "person", "department", "module").order_by("-at", "-pk")


def log_lines(lines: Iterable[AuditLine], day: InWords) -> Iterator[LogLine]:
    """`day` says how days are written. A module that colleagues can't open keeps its name."""
    opened = set(ModulePage.objects.open_to_colleagues().values_list("pk", flat=True))
    for line in lines:
        person, module = line.person, _shown(line, opened)
        yield LogLine(
            at=line.at,
            kind=line.get_kind_display(),
            about=" · ".join(str(each) for each in (person, module) if each),
            department=line.department.name if line.department else "",
            by=str(line.by) if line.by else _("A file, on the server"),
            reason=line.reason,
            before=in_words(line.before, day),
            after=in_words(line.after, day),
        )


def _shown(line: AuditLine, opened: Collection[int]) -> str:
    if line.module is None:
        return ""
    return str(line.module) if line.module_id in opened else _("a module that isn’t open")


def in_words(told: Mapping[str, Any], day: InWords) -> str:
    """ "in Customer Care, for Fair Refund, on 4 December 2026" """
    names = [*(name for name in ORDER if name in told), *sorted(set(told) - set(ORDER))]
    return ", ".join(words for name in names if (words := _one(name, told[name], day)))


def _one(name: str, value: Any, day: InWords) -> str:
    if value in (None, "", []):
        return ""
    if name == "joiner_days":
        return ngettext("%(days)s day for joiners", "%(days)s days for joiners", int(value)) % {
            "days": value
        }
    if name in CHOICES:
        return str(CHOICES[name].get(value, value))
    values = value if isinstance(value, list) else [value]
    written = ", ".join(_written(name, str(each), day) for each in values)
    return str(LABELS.get(name, "%(value)s")) % {"value": written}


def _written(name: str, value: str, day: InWords) -> str:
    if name == "levels":
        return str(LEVELS.get(value, value))
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value
