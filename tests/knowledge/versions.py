"""Published versions of a brief, as tests write its history."""

from datetime import datetime
from typing import Any

from knowledge.changes import as_json
from knowledge.models import BriefPage, Change, Fact
from knowledge.reports import fact_texts_of, texts_of
from tests.conftest import NOW


def version_of(
    brief: BriefPage,
    number: int,
    *,
    kind: str = Change.Kind.MATERIAL,
    at: datetime = NOW,
    **said: Any,
) -> Change:
    """What the brief says now, as its version of this number."""
    return Change.objects.create(
        brief=brief,
        version=number,
        kind=kind,
        at=at,
        facts=as_json(fact_texts_of(brief)),
        texts=texts_of(brief),
        **said,
    )


def restate(brief: BriefPage, key: str, **words: str) -> None:
    """Says a fact otherwise, without the ways through which it is published."""
    Fact.objects.filter(brief=brief, key=key).update(**words)
