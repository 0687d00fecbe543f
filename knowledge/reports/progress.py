"""Where a reader is in a module, and where the pages stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.urls import reverse

from knowledge.models import BriefPage, LessonPage, LessonReading, ModulePage, PromisePage


@dataclass(frozen=True, slots=True)
class LessonStep:
    """One lesson in a module's task list, as one reader stands to it."""

    number: int
    title: str
    url: str
    minutes: int
    is_done: bool
    pk: int


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """A module's lessons in order, and where its reader goes on."""

    steps: tuple[LessonStep, ...]

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def next_step(self) -> LessonStep | None:
        return next((step for step in self.steps if not step.is_done), None)

    @property
    def has_begun(self) -> bool:
        return any(step.is_done for step in self.steps)

    @property
    def minutes_left(self) -> int:
        return sum(step.minutes for step in self.steps if not step.is_done)

    def step_of(self, lesson: LessonPage) -> LessonStep | None:
        return next((step for step in self.steps if step.pk == lesson.pk), None)

    def step_after(self, lesson: LessonPage) -> LessonStep | None:
        here = self.step_of(lesson)
        return self.steps[here.number] if here and here.number < self.total else None


def module_progress(module: ModulePage, person: AbstractBaseUser) -> ModuleProgress:
    readings = LessonReading.objects.filter(lesson=models.OuterRef("pk"), person_id=person.pk)
    lessons = (
        LessonPage.objects.child_of(module)
        .open_to_colleagues()
        .annotate(is_done=models.Exists(readings))
        .order_by("path")
        .only("title", "slug", "minutes", "path", "depth", "url_path", "translation_key")
        .in_readers_words()
    )
    module_url = module_address(module)
    return ModuleProgress(
        tuple(
            LessonStep(
                number=number,
                title=lesson.title,
                url=f"{module_url}{lesson.slug}/",
                minutes=lesson.minutes,
                is_done=lesson.is_done,
                pk=lesson.pk,
            )
            for number, lesson in enumerate(lessons, start=1)
        )
    )


def module_address(module: ModulePage) -> str:
    return reverse("knowledge:module-detail", args=[module.slug])


def brief_address(brief: BriefPage) -> str:
    return reverse("knowledge:brief-detail", args=[brief.slug])


def promise_address(promise: PromisePage) -> str:
    return reverse("knowledge:promise-detail", args=[promise.slug])


def minutes_left(module_slugs: Iterable[str], person: AbstractBaseUser) -> dict[str, int]:
    """Minutes of lessons that the person hasn't read yet, by module; one query."""
    asked = set(module_slugs)
    readings = LessonReading.objects.filter(lesson=models.OuterRef("pk"), person_id=person.pk)
    unread = LessonPage.objects.open_to_colleagues().exclude(models.Exists(readings))
    left = dict.fromkeys(asked, 0)
    for url_path, minutes in unread.values_list("url_path", "minutes"):
        module_slug = url_path.split("/")[-3]
        if module_slug in asked:
            left[module_slug] += minutes
    return left
