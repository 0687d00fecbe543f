"""What the portal holds before content comes in."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from knowledge.importers.content.folders import Folder
from knowledge.models import (
    BriefIndexPage,
    BriefPage,
    Fact,
    LearnIndexPage,
    LessonPage,
    ModulePage,
    PortalImage,
)


@dataclass(frozen=True, slots=True)
class Stored:
    """`lessons` are in their order below each module, by the module's primary key."""

    brief_index: BriefIndexPage | None
    learn_index: LearnIndexPage | None
    briefs: dict[str, BriefPage]
    modules: dict[str, ModulePage]
    lessons: dict[int, dict[str, LessonPage]]
    # The slug of each fact's brief, by the fact's key.
    fact_homes: dict[str, str]
    people: dict[str, int]
    images: dict[str, int]


def load_stored(folder: Folder) -> Stored:
    modules = {module.slug: module for module in ModulePage.objects.select_related("brief")}
    return Stored(
        brief_index=BriefIndexPage.objects.first(),
        learn_index=LearnIndexPage.objects.first(),
        briefs={brief.slug: brief for brief in BriefPage.objects.all()},
        modules=modules,
        lessons=_lessons(modules),
        fact_homes=dict(Fact.objects.values_list("key", "brief__slug")),
        people=_people(folder),
        images=_images(folder),
    )


def _lessons(modules: dict[str, ModulePage]) -> dict[int, dict[str, LessonPage]]:
    by_path = {module.path: module.pk for module in modules.values()}
    lessons: dict[int, dict[str, LessonPage]] = {pk: {} for pk in by_path.values()}
    for lesson in LessonPage.objects.order_by("path"):
        if module := by_path.get(lesson.path[: -lesson.steplen]):
            lessons[module][lesson.slug] = lesson
    return lessons


def _people(folder: Folder) -> dict[str, int]:
    asked = {email for brief in folder.briefs for email in (brief.sponsor, brief.owner)}
    people = get_user_model().objects.filter(email__in=asked)
    return {email.lower(): pk for email, pk in people.values_list("email", "pk")}


def _images(folder: Folder) -> dict[str, int]:
    digests = {picture.file.digest for lesson in folder.lessons for picture in lesson.pictures}
    images = PortalImage.objects.filter(file_hash__in=digests).order_by("-pk")
    return dict(images.values_list("file_hash", "pk"))
