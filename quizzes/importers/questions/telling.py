"""Tells of every question of a file what becomes of it, and why."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import ngettext

from knowledge.importers.reporting import (
    MOST_FAULTS,
    Entry,
    Fault,
    ImportRefused,
    ImportReport,
    Outcome,
)
from quizzes.importers.questions.drafts import Found
from quizzes.importers.questions.planning import QuestionPlan
from quizzes.importers.questions.saying import gettext as _

MOST_NAMED = 20


class Telling:
    """All that was found in a file, in its order."""

    def __init__(
        self,
        file: str,
        found: Sequence[Found],
        plans: Iterable[QuestionPlan],
        notes: Iterable[str],
        *,
        skips_unsupported: bool,
    ) -> None:
        self.file = file
        self.found = found
        self.notes = tuple(notes)
        self.plans = {id(plan.draft): plan for plan in plans}
        self.skips_unsupported = skips_unsupported
        self.entries = tuple(self._entry(item) for item in found)

    @property
    def counted(self) -> str:
        questions = sum(item.is_question for item in self.found)
        texts = len(self.found) - questions
        told = [
            ngettext("%(count)s question", "%(count)s questions", questions) % {"count": questions},
            ngettext("%(count)s text", "%(count)s texts", texts) % {"count": texts},
        ]
        return _(" and ").join(told[: 2 if texts else 1]) if self.found else ""

    def refuse_if_any(self, file_faults: Iterable[Fault]) -> None:
        """Whatever is wrong with the file itself can't be skipped."""
        faults = list(file_faults)
        if not self.skips_unsupported:
            faults += [fault for item in self.found for fault in item.faults.faults]
        if faults:
            ordered = sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)
            raise ImportRefused(
                ordered[:MOST_FAULTS], self.entries, notes=self.notes, counted=self.counted
            )

    def report(self, *, is_dry_run: bool) -> ImportReport:
        notes = [*self.notes, *self._drafts(), *([] if is_dry_run else self._left_out())]
        return ImportReport(self.entries, tuple(notes), is_dry_run=is_dry_run, counted=self.counted)

    def _entry(self, item: Found) -> Entry:
        kind = item.draft.meaning.called if item.draft and not item.skipped else ""
        outcome, name, note = self._fate(item)
        return Entry(name, outcome, note, kind, self.file, item.line)

    def _fate(self, item: Found) -> tuple[Outcome, str, str]:
        if item.faults.faults:
            outcome = Outcome.SKIPPED if self.skips_unsupported else Outcome.REFUSED
            told = (f"{fault.message} {fault.remedy}" for fault in item.faults.faults)
            return outcome, item.name, " ".join(told)
        plan = self.plans.get(id(item.draft)) if item.draft else None
        if item.skipped or plan is None:
            return Outcome.SKIPPED, item.name, item.skipped
        notes = (plan.note, *item.notes)
        name = f"{item.name} ({plan.draft.reference})"
        return plan.outcome, name, " ".join(note for note in notes if note)

    def _drafts(self) -> Iterator[str]:
        written = (Outcome.NEW, Outcome.CHANGED)
        entries = zip(self.found, self.entries, strict=True)
        unready = [
            (item.name, plan.missing)
            for item, entry in entries
            if item.draft and entry.outcome in written
            if (plan := self.plans[id(item.draft)]).missing
        ]
        for name, missing in unready[:MOST_NAMED]:
            yield _("“%(name)s” is a draft. %(missing)s") % {
                "name": name,
                "missing": " ".join(missing),
            }
        yield from more(len(unready))

    def _left_out(self) -> Iterator[str]:
        skipped = [entry for entry in self.entries if entry.outcome is Outcome.SKIPPED]
        for entry in skipped[:MOST_NAMED]:
            yield _("“%(name)s” (line %(line)s) is left out. %(reason)s") % {
                "name": entry.name,
                "line": entry.line,
                "reason": entry.note,
            }
        yield from more(len(skipped))


def more(count: int) -> Iterator[str]:
    if count > MOST_NAMED:
        yield _("… and %(more)s more.") % {"more": count - MOST_NAMED}
