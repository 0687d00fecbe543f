"""How a translation stands: what is decided where it comes from, and whether it is up to date."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Page

from knowledge.models.languages import is_translation, source_of, translations
from portal.reports.authoring import Authoring, Step, authoring_of, edit_address
from portal.reports.question_remarks import Remark


def outlook_of(
    edited: models.Model, *, may_require: bool = False, may_ask: bool = True
) -> Authoring:
    """Of whatever marketing writes, in whichever language."""
    if isinstance(edited, Page) and is_translation(edited):
        return translation_outlook(edited)
    return authoring_of(edited, may_require=may_require, may_ask=may_ask)


def translation_outlook(page: Page) -> Authoring:
    source = source_of(page)
    if source is None:
        alone = _("No page in the organisation’s language stands behind it: nobody can read it.")
        return Authoring((Remark(alone, is_met=False),), ())
    steps = [Step(_("Open the page that it translates"), edit_address(source))]
    if source.live:
        steps.append(Step(_("See it as colleagues do"), source.url))
    return Authoring(tuple(translation_remarks(page, source)), tuple(steps))


def translation_remarks(page: Page, source: Page) -> Iterator[Remark]:
    yield Remark(
        _("It lends its words to “%(title)s”: questions, owners and days are decided there.")
        % {"title": source.title}
    )
    if not source.live:
        yield Remark(_("The page that it translates isn’t published."), is_met=False)
    if page.live and not is_up_to_date(page):
        yield Remark(
            _(
                "What it translates has changed since, so colleagues read that. Bring this up to "
                "date, and publish it again."
            ),
            is_met=False,
        )


def is_up_to_date(page: Any) -> bool:
    held = translations(type(page), page.locale.language_code)
    return bool(held.filter(pk=page.pk).exists())
