"""What an author is told of a module's questions, and of one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from quizzes.giveaways import Giveaway
from quizzes.models import Question
from quizzes.models.questions import MOST_FACTS_BY_HEART
from quizzes.reports.mixes import QuestionMix, given_away

MOST_NAMED = 5

GIVEAWAY_WORDS = {
    Giveaway.LONGEST: _lazy(
        "This question gives its answer away: the right option is clearly the longest. "
        "Shorten it, or say more in the others."
    ),
    Giveaway.OF_THE_OTHERS: _lazy(
        "This question gives its answer away: “all of these” or “none of these” is right as soon "
        "as two others are. Options are shuffled, too: name what you mean."
    ),
    Giveaway.ABSOLUTE: _lazy(
        "This question gives its answer away: only wrong options say “always” or “never”, and "
        "whoever guesses strikes those out."
    ),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing counted; `is_met` says whether it is as it should be, or stays open."""

    text: Any
    is_met: bool | None = None


def mix_remarks(mix: QuestionMix) -> Iterator[Remark]:
    live = ngettext("%(n)s question published", "%(n)s questions published", mix.live)
    needed = _("at least %(n)s are needed") % {"n": mix.needed}
    drafts = _(", and %(n)s not yet") % {"n": mix.drafts} if mix.drafts else ""
    yield Remark(f"{live % {'n': mix.live}}{drafts}; {needed}", mix.is_enough)
    yield Remark(
        _("%(n)s of them typed or said; a third or more is good") % {"n": mix.typed},
        mix.has_enough_typed,
    )
    if mix.is_mostly_choose_one:
        yield Remark(_("Most are “choose one”: write the next ones in another kind"), is_met=False)
    yield from named_remarks(mix)
    yield heart_remark(mix)
    yield Remark(
        ngettext("%(n)s must-know question", "%(n)s must-know questions", mix.must_know)
        % {"n": mix.must_know}
    )


def named_remarks(mix: QuestionMix) -> Iterator[Remark]:
    """Nothing where there is nothing to name."""
    if mix.unexplained:
        words = ngettext(
            "%(n)s question has no explanation yet: %(names)s",
            "%(n)s questions have no explanation yet: %(names)s",
            len(mix.unexplained),
        )
        yield Remark(words % listed(mix.unexplained), is_met=False)
    if mix.given_away:
        words = ngettext(
            "%(n)s question gives its answer away: %(names)s",
            "%(n)s questions give their answer away: %(names)s",
            len(mix.given_away),
        )
        yield Remark(words % listed(mix.given_away), is_met=False)


def listed(names: tuple[str, ...]) -> dict[str, object]:
    shown = [f"“{name}”" for name in names[:MOST_NAMED]]
    others = len(names) - len(shown)
    if others:
        shown.append(_("and %(n)s more") % {"n": others})
    return {"n": len(names), "names": "; ".join(shown)}


def heart_remark(mix: QuestionMix) -> Remark:
    facts = _("%(n)s of at most %(most)s facts by heart") % {
        "n": len(mix.facts_by_heart),
        "most": MOST_FACTS_BY_HEART,
    }
    named = "; ".join(mix.facts_by_heart)
    return Remark(f"{facts}: {named}" if named else facts, mix.is_light_enough)


def giveaway_remarks(question: Question) -> Iterator[Remark]:
    for giveaway in given_away(question):
        yield Remark(GIVEAWAY_WORDS[giveaway], is_met=False)
