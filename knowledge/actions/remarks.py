from datetime import date, datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from knowledge.actions.letters import send_letter
from knowledge.models import BriefPage, Change, LessonPage, Remark
from knowledge.permissions import answerer_of
from knowledge.publishing import is_played
from knowledge.reports import Passage
from knowledge.workdays import reply_due_on

# More than anybody has to say on one day, and few enough that an owner can read them.
MOST_A_DAY = 30


class TooManyRemarksError(Exception):
    """Somebody has said as much today as a day has room for."""


@transaction.atomic
def make_remark(
    *,
    person: AbstractBaseUser,
    page: BriefPage | LessonPage,
    passage: Passage,
    kind: str,
    words: str,
    at: datetime,
    change: Change | None = None,
) -> Remark:
    """Passes on what a colleague says to whoever keeps the page. Twice is once, while it is open.

    Raises `TooManyRemarksError`.
    """
    get_user_model().objects.select_for_update(of=("self",)).get(pk=person.pk)
    said = {
        "person_id": person.pk,
        "page_id": page.pk,
        "kind": kind,
        "words": words,
        "quote": passage.quote,
        "fact_key": passage.fact_key,
        "change": change,
    }
    before = Remark.objects.open().filter(**said).first()
    if before:
        return before
    day = timezone.localdate(at)
    if remarks_on(person, day) >= MOST_A_DAY:
        raise TooManyRemarksError
    remark = Remark.objects.create(**said, at=at, due_on=reply_due_on(day))
    if not is_played():
        transaction.on_commit(lambda: tell_owner(remark, page), robust=True)
    return remark


def remarks_on(person: AbstractBaseUser, day: date) -> int:
    return Remark.objects.filter(person_id=person.pk, at__date=day).count()


def tell_owner(remark: Remark, page: BriefPage | LessonPage) -> None:
    """One mail for one remark, to nobody but whoever answers for the page."""
    owner = answerer_of(page, on=timezone.localdate(remark.at))
    if owner is None or owner.pk == remark.person_id:
        return
    url = settings.BASE_URL + reverse("knowledge:remark-reply", args=[remark.pk])
    context = {"remark": remark, "page": page, "url": url}
    send_letter("knowledge/email/remark", context, to=owner)
