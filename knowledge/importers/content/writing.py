"""Writes a plan: pictures first, then promises, briefs, modules, lessons."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.files.images import ImageFile

from knowledge.importers.content.bodies import Picture
from knowledge.importers.content.filling import fill_lesson
from knowledge.importers.content.market import settle_market, write_market
from knowledge.importers.content.planning import ContentPlan, ModulePlan, PagePlan
from knowledge.importers.content.stored import Stored
from knowledge.importers.reporting import Outcome
from knowledge.models import LessonPage, ModulePage, PortalImage, PromiseIndexPage, PromisePage

ADDED: dict[type, tuple[str, ...]] = {LessonPage: ("one_breath",), ModulePage: ("try_it",)}


def write_content(plan: ContentPlan, stored: Stored) -> None:
    with _kept_images() as made:
        images = _write_images(plan, stored, made)
        for promise in plan.promises:
            _write_page(promise, stored.promise_index)
        _order_promises(plan.promise_order)
        write_market(plan.market)
        for brief in plan.briefs:
            settle_market(brief.page)
            _write_page(brief, stored.brief_index)
        for module in plan.modules:
            _write_module(module, stored, images)


@contextmanager
def _kept_images() -> Iterator[list[PortalImage]]:
    """Files don't roll back with the database: what was stored is taken away again."""
    made: list[PortalImage] = []
    try:
        yield made
    except BaseException:
        for image in made:
            image.file.delete(save=False)
        raise


def _write_images(plan: ContentPlan, stored: Stored, made: list[PortalImage]) -> dict[str, int]:
    images = dict(stored.images)
    for module in plan.modules:
        for lesson in module.lessons:
            for picture in lesson.file.pictures:
                if picture.file.digest not in images:
                    made.append(_write_image(picture))
                    images[picture.file.digest] = made[-1].pk
    return images


def _write_image(picture: Picture) -> PortalImage:
    data = picture.file.path.read_bytes()
    image = PortalImage(
        title=picture.file.path.stem,
        description=picture.alt[:255],
        file=ImageFile(io.BytesIO(data), name=picture.file.path.name),
        file_size=len(data),
        file_hash=picture.file.digest,
    )
    image.save()
    return image


def _order_promises(slugs: list[str]) -> None:
    for slug in reversed(slugs):
        promise = PromisePage.objects.in_source_language().get(slug=slug)
        promise.move(PromiseIndexPage.objects.in_source_language().get(), pos="first-child")


def _write_module(plan: ModulePlan, stored: Stored, images: Mapping[str, int]) -> None:
    page = plan.module.page
    # A brief that was new when the module was filled has its primary key only now.
    page.brief = page.brief
    _write_page(plan.module, stored.learn_index)
    for lesson in plan.lessons:
        fill_lesson(lesson.page, lesson.file, images)
        _write_page(lesson, ModulePage.objects.get(pk=page.pk))
    if plan.has_new_order:
        for lesson in reversed(plan.lessons):
            moved = LessonPage.objects.get(pk=lesson.page.pk)
            moved.move(ModulePage.objects.get(pk=page.pk), pos="first-child")


def _keep_what_editors_added(page: Any) -> None:
    """What no file of ordinary Markdown can say stands in the newest draft only."""
    draft = page.get_latest_revision_as_object()
    for name in ADDED.get(type(page), ()):
        setattr(page, name, getattr(page, name) or getattr(draft, name))


def _write_page(plan: PagePlan[Any, Any], parent: Any) -> None:
    if plan.outcome is Outcome.UNCHANGED:
        return
    page = plan.page
    if plan.outcome is Outcome.NEW:
        parent.add_child(instance=page)
    elif plan.stays_unpublished:
        # The next import compares with the page itself, not with its drafts.
        _keep_what_editors_added(page)
        page.save()
    revision = page.save_revision(clean=False, log_action=True)
    if not (plan.stays_unpublished or plan.is_held):
        revision.publish()
