"""What tests of remarks share: a colleague says something, and somebody looks."""

from typing import Any

from knowledge.actions import make_remark
from knowledge.models import Remark
from knowledge.reports import Passage
from portal.models import User
from tests.conftest import NOW

QUEUE = "/cms/remarks/"


def said(person: User, page: Any, **words: Any) -> Remark:
    given: dict[str, Any] = {"kind": "question", "words": "Does it hold on Sundays?", "at": NOW}
    return make_remark(person=person, page=page, passage=Passage(), **given | words)


def shown(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())
