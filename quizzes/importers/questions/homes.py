"""Finds the module that a question belongs to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.text import slugify

from knowledge.importers.reporting import FaultList
from knowledge.models import ModulePage
from quizzes.importers.questions.drafts import Found, QuestionDraft
from quizzes.importers.questions.saying import gettext as _

# Moodle doubles a slash that belongs to a name.
_STEP = re.compile(r"(?<!/)/(?!/)")


@dataclass(slots=True)
class Homes:
    """The modules by slug; with `whole_file`, one of them takes all questions."""

    modules: Mapping[str, ModulePage]
    whole_file: ModulePage | None = None
    known: dict[str, ModulePage | None] = field(default_factory=dict)
    # Where each category that names no module was met first.
    strange: dict[str, int] = field(default_factory=dict)

    def of(self, draft: QuestionDraft) -> ModulePage | None:
        if self.whole_file is not None:
            return self.whole_file
        if draft.category not in self.known:
            self.known[draft.category] = self._named(draft.category)
        return self.known[draft.category]

    def refuse_homeless(self, item: Found, draft: QuestionDraft) -> None:
        """Said of every question, at one line for each category."""
        line = self.strange.setdefault(draft.category, draft.category_line or draft.line)
        name = last_step(draft.category)
        message = _("There is no module “%(module)s”.") % {"module": name[:200]}
        item.refuse(
            line,
            message if draft.category else _("Nothing says which module this belongs to."),
            self.remedy(name, draft.hints.module),
        )

    def remedy(self, name: str, hint: str) -> str:
        near = did_you_mean(slugify(name[:64]), self.modules)
        return " ".join(part for part in (near, _(hint)) if part)

    def _named(self, category: str) -> ModulePage | None:
        name = last_step(category)
        return self.modules.get(name) or self.modules.get(slugify(name))


def load_homes(slug: str, faults: FaultList) -> Homes:
    modules = {module.slug: module for module in ModulePage.objects.in_source_language()}
    homes = Homes(modules, modules.get(slug))
    if slug and homes.whole_file is None:
        remedy = did_you_mean(slug[:64], modules) or _(
            "Write the last part of its address, like fair-refund for /learn/fair-refund/."
        )
        faults.add(None, _("There is no module “%(module)s”.") % {"module": slug}, remedy)
    return homes


def last_step(category: str) -> str:
    """Moodle writes the whole path, `$course$/top/Fair Refund`; its last part names the module."""
    return _STEP.split(category)[-1].replace("//", "/").strip()


def did_you_mean(name: str, known: Iterable[str], *, most: int = 3) -> str:
    near = get_close_matches(name, list(known), n=most) if name else []
    if not near:
        return ""
    named = _(" or ").join(f"“{slug}”" for slug in near)
    return _("Did you mean %(near)s?") % {"near": named}
