"""What a campaign needs before it may go out, whatever its gate says: a draft may lack it."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.models import BriefPage, PromisePage
from knowledge.publishing import Obstacle

EMPTY = frozenset({"blank", "null"})


def gaps_in(draft: Any) -> list[Obstacle]:
    """A sentence for each thing that is missing or wrong, as the editor's form would say it."""
    return [Obstacle(words) for words in (*_wrong_fields(draft), *_wrong_choices(draft).values())]


def missing_choices(draft: Any, promises: Any) -> dict[str, Any]:
    """What only a look at other pages tells, by field: for the editor's form."""
    found = {} if promises else {"promises": _("Choose at least one promise that it makes.")}
    return found | _hidden_promises(promises) | _wrong_version(draft)


def _hidden_promises(promises: Any) -> dict[str, Any]:
    """What customers are promised, every colleague may read."""
    keys = [promise.pk for promise in promises or ()]
    opened = set(PromisePage.objects.open_to_colleagues().filter(pk__in=keys).values_list("pk"))
    hidden = [promise for promise in promises or () if (promise.pk,) not in opened]
    if not hidden:
        return {}
    words = _("“%(promise)s” isn't published, so colleagues can't read it: publish it first.")
    return {"promises": words % {"promise": hidden[0].title}}


def last_version(brief: BriefPage) -> int:
    """The newest version that is out, or scheduled to go out; 0 where there is none."""
    out = brief.version if brief.live or brief.first_published_at else 0
    return out + 1 if brief.approved_schedule else out


def _wrong_choices(draft: Any) -> dict[str, Any]:
    return missing_choices(draft, draft.promises.all())


def _wrong_version(draft: Any) -> dict[str, Any]:
    brief = BriefPage.objects.filter(pk=draft.brief_id).first()
    if brief is None or not draft.brief_version or draft.brief_version <= last_version(brief):
        return {}
    return {"brief_version": _no_such_version(brief, draft.brief_version)}


def _no_such_version(brief: BriefPage, asked: int) -> str:
    last = last_version(brief)
    if not last:
        words = _("“%(brief)s” has no version yet: publish or schedule the brief first.")
        return words % {"brief": brief.title}
    words = ngettext(
        "“%(brief)s” has no version %(asked)s. It has version 1: choose that, or schedule the "
        "next one first.",
        "“%(brief)s” has no version %(asked)s. It has versions 1 to %(last)s: choose one, or "
        "schedule the next one first.",
        last,
    )
    return words % {"brief": brief.title, "asked": asked, "last": last}


def _wrong_fields(draft: Any) -> Iterator[str]:
    try:
        draft.full_clean()
    except ValidationError as error:
        for name, faults in error.error_dict.items():
            yield from (_in_words(draft, name, fault) for fault in faults)


def _in_words(draft: Any, name: str, fault: ValidationError) -> str:
    if name == NON_FIELD_ERRORS:
        return " ".join(fault.messages)
    field = capfirst(str(label_for_field(name, draft)))
    if fault.code in EMPTY:
        return _("Fill in “%(field)s”.") % {"field": field}
    return f"“{field}”: {' '.join(fault.messages)}"
