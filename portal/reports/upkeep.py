"""What editors and administrators find on Today: what isn't published, what to look after."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from wagtail.models import Page

from departments.models import Department, Headship, Requirement
from knowledge.models import ModulePage
from knowledge.permissions import pages_edited_by
from portal.models import User
from portal.reports.mailing import MailUpkeep, mail_upkeep

DRAFTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """A page whose newest words no colleague can read yet."""

    title: str
    url: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What an administrator looks after: how much there is, and what nobody looks after yet."""

    people: int
    departments: int
    without_head: int
    modules: int
    asked_of_nobody: int
    mails: MailUpkeep | None = None


def newest_drafts(person: User) -> list[Draft]:
    """Of the pages that she may write."""
    pages = Page.objects.filter(
        pk__in=pages_edited_by(person), has_unpublished_changes=True, depth__gt=2
    )
    newest = pages.exclude(latest_revision_created_at=None).order_by("-latest_revision_created_at")
    return [
        Draft(
            title=page.draft_title or page.title,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            changed_at=page.latest_revision_created_at,
        )
        for page in newest[:DRAFTS_SHOWN]
    ]


def upkeep_on(day: date) -> Upkeep:
    led = Headship.objects.current(on=day).filter(department=OuterRef("pk"))
    departments = Department.objects.annotate(is_led=Exists(led)).values_list("is_led", "depth")
    below_the_root = [is_led for is_led, depth in departments if depth > 1]
    asked = Requirement.objects.filter(module=OuterRef("pk"))
    modules = ModulePage.objects.in_source_language().live().annotate(is_asked=Exists(asked))
    are_asked = list(modules.values_list("is_asked", flat=True))
    return Upkeep(
        people=User.objects.filter(is_active=True).count(),
        departments=len(below_the_root),
        without_head=below_the_root.count(False),
        modules=len(are_asked),
        asked_of_nobody=are_asked.count(False),
        mails=mail_upkeep(),
    )
