"""What getting ready for a launch asks of people, before anybody is asked.

Who isn't ready yet follows from who is. So where a thread's figures aren't for the reader, only
those of its departments count whose own are: nothing is told of the others by subtraction. Minutes
and tasks are told of the same people, never of others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from departments.readiness import Proof
from departments.reports.chain_people import joined
from departments.reports.known import Known
from departments.reports.reach import MINUTES_A_CHECK, MINUTES_A_QUESTION
from departments.reports.rows import proof_of
from departments.reports.threads import Thread
from knowledge.models import LessonPage, ModulePage
from quizzes.models import QuizSettings


class Task(StrEnum):
    """Check what changed; take the quiz again; take the lessons and the quiz."""

    CHECK = "check"
    QUIZ = "quiz"
    LEARN = "learn"


@dataclass(frozen=True, slots=True)
class Attention:
    """Of people who won't be ready on the day: how many have to do what, and how long it takes.

    `is_whole` is false where some departments aren't counted, as their figures aren't for the
    reader.
    """

    people: int
    tasks: Mapping[Task, int]
    minutes: int
    is_whole: bool = True

    @property
    def minutes_each(self) -> int | None:
        """None where it isn't the same for all."""
        is_alike = len(self.tasks) == 1 and self.people
        return self.minutes // self.people if is_alike else None


def attention_for(threads: Iterable[Thread], known: Known) -> Attention:
    """Everybody on these threads once, as the reader may see them. Three queries."""
    threads = list(threads)
    is_whole = all(thread.is_shown for thread in threads)
    people = frozenset[int]().union(*(_not_ready(thread, known) for thread in threads))
    if not people:
        return Attention(0, {}, 0, is_whole)
    day = max(thread.day for thread in threads)
    briefs = {thread.brief.pk for thread in threads if thread.brief}
    modules = {module for brief in briefs for module in known.modules[brief]}
    tasks = [
        (module, _task(proof_of(known.workforce.proved.get(person, {}).get(module)), day))
        for person in people
        for module in modules
    ]
    minutes = _minutes(modules)
    return Attention(
        people=len(people),
        tasks=Counter(task for _module, task in tasks),
        minutes=sum(minutes[module][task] for module, task in tasks),
        is_whole=is_whole,
    )


def _not_ready(thread: Thread, known: Known) -> frozenset[int]:
    if thread.is_shown:
        return thread.not_ready
    stands = [
        known.stand(link.department, thread.brief, thread.day)
        for link in thread.links
        if link.is_shown
    ]
    return joined(stand if thread.is_out else stand.unready() for stand in stands).not_ready


def _task(proof: Proof, day: date) -> Task:
    if proof.own is None:
        return Task.LEARN
    return Task.CHECK if proof.own.ready_until >= day else Task.QUIZ


def _minutes(modules: Iterable[int]) -> dict[int, dict[Task, int]]:
    quiz = int(QuizSettings.load().questions_drawn) * MINUTES_A_QUESTION
    return {
        module: {Task.CHECK: MINUTES_A_CHECK, Task.QUIZ: quiz, Task.LEARN: quiz + lessons}
        for module, lessons in _lesson_minutes(modules).items()
    }


def _lesson_minutes(modules: Iterable[int]) -> dict[int, int]:
    paths = dict(ModulePage.objects.filter(pk__in=list(modules)).values_list("path", "pk"))
    found = dict.fromkeys(paths.values(), 0)
    lessons = LessonPage.objects.open_to_colleagues().values_list("path", "minutes")
    for path, minutes in lessons:
        module = paths.get(path[: -LessonPage.steplen])
        if module is not None:
            found[module] += minutes
    return found
