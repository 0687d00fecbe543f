"""What colleagues are sure of and isn't so, told only of groups, and only as far as is safe.

**Guarantee.** Nothing that is told, on the page or in the file, lets anybody work out what fewer
than five people are sure of, or who of a small team is.

1. Where fewer than five people were asked about a fact, nothing is told of it. Where fewer than
   five are sure of something, only that is told, and of no department.
2. Of departments only those are named that `departments.suppression` allows: five people or more,
   and none that gives a smaller one away. All others are *other teams* together.
3. In a group under ten where everybody, or all but one, answers alike, words stand for the count:
   "nearly everyone", "hardly anyone". (Were they kept for nine of ten, as is the rule, they could
   only ever mean all, as there are no nine tenths of nine.) Where the other figures would give such
   a count away by subtraction, the smallest of the others joins the other teams, again and again;
   where that doesn't help, only the total is told.

People are those who work here today, each at home in one department; the figures are of all that
they answered. Nobody's name is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.contrib.humanize.templatetags.humanize import apnumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.models import Department, Membership
from departments.suppression import MINIMUM_GROUP, shown
from knowledge.models import Fact
from quizzes.misconceptions import Group, Misconception, misconceptions
from quizzes.models import Question
from quizzes.reports.beliefs import answers_about_facts

# Groups under this size are told of in words where they answer alike.
SMALL = 10
OTHER_TEAMS = ""


class Words(StrEnum):
    FEW = "few"
    HARDLY_ANY = "hardly-any"
    NEARLY_ALL = "nearly-all"


WORDS = {
    Words.FEW: gettext_lazy("fewer than five"),
    Words.HARDLY_ANY: gettext_lazy("hardly anyone"),
    Words.NEARLY_ALL: gettext_lazy("nearly everyone"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Of `n` people so many are sure, as a number, in words, or untold; `key` is a department's."""

    key: str
    n: int
    sure: int | None = None
    words: Words | None = None

    @property
    def in_file(self) -> str:
        if self.sure is not None:
            return str(self.sure)
        return str(WORDS[self.words] if self.words else _("not told"))

    @property
    def told(self) -> str:
        """ "eight of 30"."""
        if self.sure is None:
            return _("%(words)s of %(n)s") % {"words": self.in_file, "n": self.n}
        return _("%(sure)s of %(n)s") % {"sure": apnumber(self.sure), "n": self.n}


@dataclass(frozen=True, slots=True)
class Named:
    """A cell with the name of its department; of the other teams it is empty."""

    name: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Line:
    """One mistake: who is sure of it, and the sentence that says how it is."""

    fact: Fact
    question: Question
    said: str
    total: Cell
    departments: tuple[Named, ...]

    @property
    def quoted(self) -> str:
        """As it stands between quotation marks."""
        return self.said.strip('“”"')

    @property
    def is_of_few(self) -> bool:
        return self.total.words is Words.FEW

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.fact.brief_id])

    @property
    def contrast_url(self) -> str:
        asked = {"module": self.question.module_id, "fact": self.fact.key, "belief": self.said}
        return f"{reverse('wagtailsnippets_quizzes_question:add')}?{urlencode(asked)}"


def misconception_lines(*, on: date) -> list[Line]:
    """What most people are sure of comes first. Eight queries, however much was answered."""
    homes = Membership.objects.current(on=on).filter(is_home=True, person__is_active=True)
    groups = {person: str(pk) for person, pk in homes.values_list("person_id", "department_id")}
    found = once_each(misconceptions(answers_about_facts(groups)))
    told = [(one, total) for one in found if (total := total_of(one)) is not None]
    facts = {
        fact.key: fact
        for fact in Fact.objects.filter(
            key__in={one.belief.fact for one, _cell in told}, brief__live=True
        ).select_related("brief")
    }
    questions = Question.objects.select_related("module").in_bulk(
        {one.belief.question for one, _cell in told}
    )
    names = {str(pk): name for pk, name in Department.objects.values_list("pk", "name")}
    lines = [
        Line(
            facts[one.belief.fact],
            questions[one.belief.question],
            one.belief.said,
            total,
            tuple(Named(names.get(cell.key, ""), cell) for cell in cells_of(one)),
        )
        for one, total in told
        if one.belief.fact in facts
    ]
    return sorted(lines, key=most_people_first)


def once_each(found: Iterable[Misconception]) -> list[Misconception]:
    """Each mistake by one of the facts that its question cites, that of which most were asked.

    Told by another too, it would be counted among other people, and the difference be of few.
    """
    fullest: dict[tuple[int, str], Misconception] = {}
    for one in sorted(found, key=lambda one: (one.n, one.belief.fact)):
        fullest[one.belief.question, one.belief.said] = one
    return list(fullest.values())


def most_people_first(line: Line) -> tuple[Any, ...]:
    """Those of whom no number is told stand in an order that tells none either."""
    count = 0 if line.is_of_few else line.total.sure or line.total.n
    return (
        line.is_of_few,
        -count,
        line.fact.brief.title,
        line.fact.title,
        line.question.pk,
        line.said,
    )


def total_of(found: Misconception) -> Cell | None:
    """Nothing where too few were asked for anything to be told."""
    if found.n < MINIMUM_GROUP:
        return None
    if found.sure < MINIMUM_GROUP:
        return Cell(OTHER_TEAMS, found.n, words=Words.FEW)
    return cell_of(Group(OTHER_TEAMS, found.sure, found.n))


def cells_of(found: Misconception) -> list[Cell]:
    """The departments of which something is told, by key, and the other teams at the end."""
    total = total_of(found)
    if total is None or total.sure is None:
        return []
    named = shown({group.key: group.n for group in found.groups})
    others = sum_of([group for group in found.groups if group.key not in named])
    alike = [group for group in found.groups if group.key in named and is_alike(group)]
    exact = [group for group in found.groups if group.key in named and not is_alike(group)]
    while gives_away(alike, others):
        if not exact:
            return []
        smallest = min(exact, key=lambda group: (group.n, group.key))
        exact.remove(smallest)
        others = sum_of([others, smallest])
    told = sorted([*exact, *alike], key=lambda group: group.key)
    last = [last_cell(others, alike)] if others.n and told else []
    return [*map(cell_of, told), *last]


def last_cell(others: Group, alike: Sequence[Group]) -> Cell:
    """The number of the other teams would give away those that are told of in words."""
    return Cell(OTHER_TEAMS, others.n) if alike and not is_alike(others) else cell_of(others)


def cell_of(group: Group) -> Cell:
    if not is_alike(group):
        return Cell(group.key, group.n, sure=group.sure)
    words = Words.HARDLY_ANY if group.sure <= 1 else Words.NEARLY_ALL
    return Cell(group.key, group.n, words=words)


def is_alike(group: Group) -> bool:
    """Whether a small group answers alike, but for one person at most."""
    return 0 < group.n < SMALL and not 1 < group.sure < group.n - 1


def gives_away(alike: Sequence[Group], others: Group) -> bool:
    """Whether one of the counts behind words follows from what is left of the total.

    What is left is the sum of these groups and of the others: a count is safe as long as both of
    those that its words allow fit into it.
    """
    groups = [*alike, *([others] if others.n else [])]
    left = sum(group.sure for group in groups)
    bounds = [bounds_of(group) for group in groups]
    least, most = (sum(ends) for ends in zip(*bounds, strict=True)) if bounds else (0, 0)
    return any(
        not (least - low <= left - count <= most - high)
        for group, (low, high) in zip(groups, bounds, strict=True)
        if is_alike(group)
        for count in (low, high)
    )


def bounds_of(group: Group) -> tuple[int, int]:
    """Between which counts the words leave it; without words, none and all."""
    if not is_alike(group):
        return 0, group.n
    return (0, 1) if group.sure <= 1 else (group.n - 1, group.n)


def sum_of(groups: Sequence[Group]) -> Group:
    return Group(OTHER_TEAMS, sum(group.sure for group in groups), sum(group.n for group in groups))
