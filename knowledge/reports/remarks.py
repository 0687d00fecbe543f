"""What colleagues say of pages: what waits, for whom, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from wagtail.models import Page

from knowledge.models import BriefPage, LessonPage, ModulePage, Remark
from knowledge.models.remarks import RemarkQuerySet
from knowledge.ownership import keepers_of
from knowledge.permissions import AnyUser, may_read_remarks

MOST_ASKED = 20


@dataclass(frozen=True, slots=True)
class OpenRemarks:
    """How many remarks wait for a reply, of those that somebody may read.

    `past_their_day` are those whose promised day is over, `mine` those that are hers to answer.
    """

    open: int = 0
    past_their_day: int = 0
    mine: int = 0


def remarks_for(person: AnyUser, on: date) -> RemarkQuerySet:
    """What is said of all pages, or for who may not read that, of those she answers for."""
    remarks: RemarkQuerySet = Remark.objects.all()
    return remarks if may_read_remarks(person) else remarks.filter(page__in=answered_by(person, on))


def remarks_to_answer(person: AnyUser, on: date) -> RemarkQuerySet:
    """What waits for a reply from this person: she owns the page, or cares for it."""
    return Remark.objects.open().filter(page__in=answered_by(person, on))


def is_keeper(person: AnyUser) -> bool:
    """Whether a page names her as its owner or carer; one query, for those whom none names."""
    named = models.Q(owner=person.pk)
    for kind in ("briefpage", "modulepage"):
        named |= models.Q(**{f"{kind}__carer": person.pk})
    return bool(person.pk) and Page.objects.filter(named).exists()


def open_remarks_for(person: AnyUser, on: date) -> OpenRemarks:
    waiting = remarks_for(person, on).open()
    counts = waiting.aggregate(
        open=models.Count("pk"), past=models.Count("pk", filter=models.Q(due_on__lt=on))
    )
    return OpenRemarks(counts["open"], counts["past"], remarks_to_answer(person, on).count())


def open_remarks_by_page(pages: Iterable[int]) -> dict[int, int]:
    """How many remarks wait for a reply, by page; one query."""
    waiting = Remark.objects.open().filter(page__in=list(pages)).order_by()
    counted = waiting.values_list("page").annotate(models.Count("pk"))
    return dict(counted)


def answered_by(person: AnyUser, on: date) -> set[int]:
    """The pages with remarks whose owner or carer this person is on that day.

    Four queries, and what finding a leaver's follower costs: a lesson is its module's owner's.
    """
    asked = Remark.objects.order_by().values("page")
    briefs = list(BriefPage.objects.filter(pk__in=asked).select_related("owner"))
    above = {
        pk: path[: -Page.steplen]
        for pk, path in LessonPage.objects.filter(pk__in=asked).values_list("pk", "path")
    }
    modules = ModulePage.objects.filter(path__in=set(above.values())).select_related("owner")
    kept = [*briefs, *modules]
    keepers = keepers_of(kept, on)
    hers = {
        page.path: page.pk
        for page in kept
        if person.pk and (keepers[page.pk].person == person or page.carer_id == person.pk)
    }
    return {brief.pk for brief in briefs if brief.path in hers} | {
        pk for pk, path in above.items() if path in hers
    }


def asked_by(person: AbstractBaseUser) -> list[Remark]:
    """What a person has asked or said, and what became of it, the newest first; one query."""
    remarks = Remark.objects.filter(person_id=person.pk)
    return list(remarks.select_related("page").order_by("-at", "-pk")[:MOST_ASKED])


def unseen_replies(person: AbstractBaseUser) -> int:
    """How many replies she has not looked at yet; one query."""
    replied = Remark.objects.filter(person_id=person.pk, seen_at=None, replied_at__isnull=False)
    return replied.count()
