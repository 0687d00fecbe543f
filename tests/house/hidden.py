"""Pages that no colleague may read, one of each kind in each state, every one with its canary.

A canary is a word that stands nowhere else: where it turns up, something has leaked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction

from knowledge.models import KnowledgePage
from tests.conftest import NOW
from tests.factories import (
    BriefFactory,
    FactFactory,
    LessonFactory,
    ModuleFactory,
    PromiseFactory,
    QuestionFactory,
    RequirementFactory,
)

# Common to all of them, so that a search for it would find them.
BAIT = "Zebrafish"


@dataclass(frozen=True, slots=True)
class Hidden:
    page: KnowledgePage
    canary: str

    @property
    def address(self) -> str:
        return str(self.page.get_url())


def draft(page: Page) -> None:
    type(page).objects.filter(pk=page.pk).update(live=False, first_published_at=None)
    page.refresh_from_db()
    page.save_revision()


def unpublished(page: Page) -> None:
    page.save_revision().publish()
    page.unpublish()


def scheduled(page: Page) -> None:
    draft(page)
    page.go_live_at = NOW + timedelta(days=7)
    page.save_revision(approved_go_live_at=page.go_live_at)
    page.save()


def expired(page: Page) -> None:
    page.expired = True
    page.save()
    page.unpublish(set_expired=True)


def private(page: Page) -> None:
    page.save_revision().publish()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name="Marketing"))


STATES: dict[str, Callable[[Page], None]] = {
    "draft": draft,
    "unpublished": unpublished,
    "scheduled": scheduled,
    "expired": expired,
    "private": private,
}


def hide_everything() -> Iterator[Hidden]:
    for state, hide in STATES.items():
        for page, canary in _pages(state):
            hide(page)
            yield Hidden(page, canary)
    yield from _below_private()
    yield from _below_draft()


def _pages(state: str) -> Iterator[tuple[KnowledgePage, str]]:
    canary = f"canary{state}brief"
    brief = BriefFactory(
        title=f"{BAIT} {canary}", expectation=canary, one_breath=f"{BAIT} {canary}"
    )
    fact = FactFactory(brief=brief, title=f"{BAIT} {canary}", statement=canary)
    # What teaches it is open, and cites it.
    LessonFactory(module=ModuleFactory(brief=brief, title=f"{BAIT} on {state}"), facts=[fact])
    yield brief, canary
    canary = f"canary{state}promise"
    yield PromiseFactory(title=f"{BAIT} {canary}", sentence=canary), canary
    canary = f"canary{state}module"
    module = ModuleFactory(title=f"{BAIT} {canary}", intro=canary)
    LessonFactory(module=module, title=f"{BAIT} {canary}")
    QuestionFactory(module=module, stem=canary, explanation=canary)
    RequirementFactory(module=module)
    yield module, canary
    canary = f"canary{state}lesson"
    body = [("prose", f"<p>{BAIT} {canary}</p>")]
    yield LessonFactory(title=f"{BAIT} {canary}", one_breath=canary, body=body), canary


def _below_private() -> Iterator[Hidden]:
    """A page that is published, below one that is private."""
    canary = "canarybelowprivate"
    module = ModuleFactory(title="Private")
    lesson = LessonFactory(module=module, title=f"{BAIT} {canary}")
    private(module)
    yield Hidden(lesson, canary)


def _below_draft() -> Iterator[Hidden]:
    """A page that is published, below one that isn't yet, or not any more."""
    canary = "canarybelowdraft"
    module = ModuleFactory(title=f"{BAIT} {canary}")
    lesson = LessonFactory(module=module, title=f"{BAIT} {canary}")
    draft(module)
    yield Hidden(lesson, canary)
