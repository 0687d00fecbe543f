"""What the portal holds before content comes in."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from wagtail.models import Page

from knowledge.importers.content.folders import Folder
from knowledge.models import (
    BriefIndexPage,
    BriefPage,
    Claim,
    Fact,
    HomePage,
    LearnIndexPage,
    LessonPage,
    ModulePage,
    PortalImage,
    PromiseIndexPage,
    PromisePage,
)


@dataclass(frozen=True, slots=True)
class Stored:
    """`lessons` are in their order below each module, by the module's primary key; `promises`
    are in theirs."""

    brief_index: BriefIndexPage | None
    promise_index: PromiseIndexPage | None
    learn_index: LearnIndexPage | None
    briefs: dict[str, BriefPage]
    promises: dict[str, PromisePage]
    modules: dict[str, ModulePage]
    lessons: dict[int, dict[str, LessonPage]]
    # The slug of each fact's brief, by the fact's key.
    fact_homes: dict[str, str]
    # The slug of each claim's promise, by the claim's key.
    claim_homes: dict[str, str]
    people: dict[str, int]
    images: dict[str, int]
    # Of each page by its id, as links in the editor's text name it.
    addresses: dict[str, str]


def load_stored(folder: Folder) -> Stored:
    stored_modules = ModulePage.objects.in_source_language().select_related("brief")
    modules = {module.slug: module for module in stored_modules}
    return Stored(
        brief_index=BriefIndexPage.objects.in_source_language().first(),
        promise_index=PromiseIndexPage.objects.in_source_language().first(),
        learn_index=LearnIndexPage.objects.in_source_language().first(),
        briefs={brief.slug: brief for brief in BriefPage.objects.in_source_language()},
        promises={
            page.slug: page for page in PromisePage.objects.in_source_language().order_by("path")
        },
        modules=modules,
        lessons=_lessons(modules),
        fact_homes=dict(Fact.objects.values_list("key", "brief__slug")),
        claim_homes=dict(Claim.objects.values_list("key", "promise__slug")),
        people=_people(folder),
        images=_images(folder),
        addresses=page_addresses(),
    )


def page_addresses() -> dict[str, str]:
    """Where each page is shown, by its id."""
    home = HomePage.objects.in_source_language().first()
    if home is None:
        return {}
    pages = Page.objects.descendant_of(home).values_list("pk", "url_path")
    return {str(pk): f"/{path.removeprefix(home.url_path)}" for pk, path in pages}


def _lessons(modules: dict[str, ModulePage]) -> dict[int, dict[str, LessonPage]]:
    by_path = {module.path: module.pk for module in modules.values()}
    lessons: dict[int, dict[str, LessonPage]] = {pk: {} for pk in by_path.values()}
    for lesson in LessonPage.objects.order_by("path"):
        if module := by_path.get(lesson.path[: -lesson.steplen]):
            lessons[module][lesson.slug] = lesson
    return lessons


def _people(folder: Folder) -> dict[str, int]:
    files = (*folder.briefs, *folder.promises, *folder.modules)
    roles = ("sponsor", "owner", "carer")
    asked = {getattr(file, role, "") for file in files for role in roles} - {""}
    people = get_user_model().objects.filter(email__in=asked)
    return {email.lower(): pk for email, pk in people.values_list("email", "pk")}


def _images(folder: Folder) -> dict[str, int]:
    digests = {picture.file.digest for lesson in folder.lessons for picture in lesson.pictures}
    images = PortalImage.objects.filter(file_hash__in=digests).order_by("-pk")
    return dict(images.values_list("file_hash", "pk"))
