"""Plays how the briefs came to say what they say: each version on its day, through the importer,
the plan, the second person's word and the publishing that marketing uses.

`files/versions.yaml` tells only the words that differ from a brief's file. The version without
such words is the file itself; a version whose day lies ahead is left as a scheduled draft, with
drafts of the questions that it makes wrong.
"""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings

from knowledge.actions import approve_change, plan_change
from knowledge.importers.content import import_content
from knowledge.models import BriefPage
from knowledge.models.changes import GRACE_DAYS
from knowledge.publishing import going_live_at
from knowledge.reports import drafted_change
from portal.models import User
from quizzes.actions import decide_question
from quizzes.models import Question, QuestionDecision
from quizzes.reports import questions_citing

# When the morning's work is done, and people can still be told the same day.
PUBLISHING_HOUR = time(9)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a brief; `day` is an offset from the anchor."""

    brief: str
    version: int
    day: int
    kind: str = ""
    reason: str = ""
    author: str = ""
    approver: str = ""
    says: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    questions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def told(cls, words: Mapping[str, Any]) -> Self:
        return cls(**{**words, "without": tuple(words.get("without", ()))})

    def worded(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a brief's file, as this version has them."""
        facts = [
            {**fact, **self.facts.get(fact["key"], {})}
            for fact in fields["facts"]
            if fact["key"] not in self.without
        ]
        return {**fields, **self.says, "facts": facts, "version": self.version}


def versions_told(file: Path) -> list[Version]:
    """All versions, the oldest first."""
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    return sorted((Version.told(words) for words in told), key=lambda version: version.day)


class Printer:
    """Brings the versions of the briefs in `content` out on their days."""

    def __init__(self, content: Path, anchor: date, now: datetime) -> None:
        self.content = content
        self.anchor = anchor
        self.now = now

    def bring_out(self, versions: Iterable[Version]) -> None:
        for version in versions:
            with going_live_at(self.moment(version.day)):
                self.bring_in(version)
                if version.kind:
                    self.publish(version)

    def bring_in(self, version: Version) -> None:
        """Its words as a file; where they mean something else than before, that is a draft."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "content"
            (folder / "briefs").mkdir(parents=True)
            shutil.copytree(self.content / "promises", folder / "promises")
            source = self.content / "briefs" / f"{version.brief}.md"
            words = reworded(source.read_text(encoding="utf-8"), version)
            (folder / "briefs" / source.name).write_text(words, encoding="utf-8")
            import_content(folder)

    def publish(self, version: Version) -> None:
        """As its author planned it and a second person approved it; a day ahead is scheduled."""
        at = min(self.moment(version.day), self.now)
        brief = BriefPage.objects.get(slug=version.brief)
        draft = brief.get_latest_revision_as_object()
        drafted = drafted_change(draft)
        author = User.objects.get(email=version.author)
        plan = plan_change(
            drafted=drafted,
            kind=version.kind,
            reason=version.reason,
            grace_days=GRACE_DAYS,
            by=author,
            at=at,
        )
        for cited in questions_citing(drafted.changes, plan.pk):
            words = version.questions.get(cited.question.reference)
            choice = QuestionDecision.Choice.EDIT if words else QuestionDecision.Choice.KEEP
            if words:
                redraft(cited.question, words, author)
            decide_question(plan=plan, question=cited.question, choice=choice, by=author, at=at)
        approve_change(plan=plan, by=User.objects.get(email=version.approver), at=at)
        if self.moment(version.day) > self.now:
            draft.go_live_at = self.moment(version.day)
        draft.save_revision(user=author).publish()

    def moment(self, day: int) -> datetime:
        on = self.anchor + timedelta(days=day)
        return datetime.combine(on, PUBLISHING_HOUR, ZoneInfo(settings.TIME_ZONE))


def redraft(question: Question, words: Mapping[str, str], author: User) -> None:
    """A draft of a question in other words, to go out with the version that needs them."""
    for name, text in words.items():
        setattr(question, name, text)
    question.save_revision(user=author)


def reworded(text: str, version: Version) -> str:
    """A brief's file with the fields of one of its versions."""
    _start, front, body = text.split("---\n", 2)
    fields = version.worded(yaml.safe_load(front))
    return f"---\n{yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)}---\n{body}"
