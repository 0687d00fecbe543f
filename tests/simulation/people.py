"""The second table: people who learn six modules and practise a lot, a little or never.

The published table states who practises how often, and little else. What it leaves open is assumed
here, and each assumption is a field of `Assumptions`. Everything that a rule decides is asked of
`quizzes.memory`: what an answer does to memory, what is a pass, which questions are weakest, and
where a date moves.

Memory is taken to be as the model says: a person answers right with exactly the recall that her own
traces give on that day. So the table shows whether the rules are kind and truthful *if* the model
is right; whether it is right, only real answers tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from statistics import fmean

from quizzes import memory
from quizzes.memory import Dates, Mark, MemoryRules, Sureness, Trace

FIRST_QUIZ = date(2026, 1, 9)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Published: six modules, one a week, two practices of five questions, the weeks looked at.

    - A module has ten questions by heart, none of them must-know, and its quiz asks them all.
    - The quiz is on the Friday that begins the module's week. Nine of ten first answers are right,
      each by a throw of its own. The table is about what follows a pass, so a quiz that is no pass
      is thought away and sat anew; with `retakes_tomorrow` it counts, and is sat again next day.
    - Practice is offered on Monday and Thursday, the third and the sixth day of the week, whether
      or not anything is due, and each is skipped by a throw of its own. Practice alone brings a
      date back: once passed, no quiz is sat again.
    - Who is right is sure.
    - An answer takes 20 seconds, reading of the explanation included; quizzes are not counted.
    - It is looked up who is ready on the Friday after that many weeks, before the next quiz.
    """

    rules: MemoryRules = field(default_factory=MemoryRules)
    modules: int = 6
    questions: int = 10
    right_at_first: float = 0.9
    retakes_tomorrow: bool = False
    practised_on: tuple[int, ...] = (3, 6)
    looked_at: tuple[int, ...] = (4, 8, 12, 26)
    seconds_an_answer: float = 20
    poor_practice_gives_the_model_date: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The share of started modules that are ready, for each week looked at, in per cent."""

    ready: tuple[float, ...]
    minutes_a_week: float


class Person:
    """One simulated colleague, and what she remembers of each question of each module."""

    def __init__(self, assumed: Assumptions, chance: Random) -> None:
        self.assumed, self.chance = assumed, chance
        self.traces: dict[int, dict[int, Trace]] = {}
        self.dates: dict[int, Dates] = {}
        self.practised = 0

    def sit_quiz(self, module: int, on: date) -> None:
        rights = self.quiz_answers(module, on)
        known = self.traces.setdefault(module, {})
        for question, right in enumerate(rights):
            known[question] = remembered(known.get(question), right=right, on=on)
        if memory.is_pass([Mark(right) for right in rights], self.assumed.rules):
            self.dates[module] = memory.dates_after_pass(
                known.values(), on=on, rules=self.assumed.rules
            )

    def quiz_answers(self, module: int, on: date) -> list[bool]:
        known = self.traces.get(module, {})
        while True:
            rights = [self.knows(known.get(n), on) for n in range(self.assumed.questions)]
            is_pass = memory.is_pass([Mark(right) for right in rights], self.assumed.rules)
            if is_pass or self.assumed.retakes_tomorrow:
                return rights

    def knows(self, trace: Trace | None, on: date) -> bool:
        """Who has just read the module again knows at least as much as at first."""
        recall = memory.recall(trace, on) if trace else 0
        return self.chance.random() < max(recall, self.assumed.right_at_first)

    def practise(self, on: date) -> None:
        """The module whose date comes first, and its five weakest questions."""
        if not self.dates:
            return
        module = min(self.dates, key=lambda n: self.dates[n].ready_until)
        known = self.traces[module]
        asked = memory.weakest(known, on)
        rights = [self.chance.random() < memory.recall(known[n], on) for n in asked]
        for question, right in zip(asked, rights, strict=True):
            known[question] = remembered(known[question], right=right, on=on)
        self.practised += len(asked)
        self.dates[module] = self.after_practice(module, rights, on)

    def after_practice(self, module: int, rights: Sequence[bool], on: date) -> Dates:
        rules, traces = self.assumed.rules, self.traces[module].values()
        is_poor = sum(rights) < memory.needed_to_pass(len(rights), rules.practice_share)
        if is_poor and self.assumed.poor_practice_gives_the_model_date:
            # Without a floor and an earlier date, all that a pass gives is the model's date.
            return memory.dates_after_pass(traces, on=on, rules=replace(rules, floor_days=-1))
        return memory.dates_after_practice(
            traces,
            on=on,
            rules=rules,
            earlier=self.dates[module],
            right=sum(rights),
            answered=len(rights),
        )

    def share_ready(self, on: date) -> float:
        """In per cent of the modules that she has started."""
        ready = sum(dates.ready_until >= on for dates in self.dates.values())
        return 100 * ready / len(self.traces)


def remembered(trace: Trace | None, *, right: bool, on: date) -> Trace:
    return memory.review(trace, right=right, sureness=Sureness.SURE, on=on)


def simulate(skip: float, *, people: int, seed: int, assumed: Assumptions) -> Outcome:
    """`skip` is the share of practices that is skipped: 1 never practises."""
    lives = [live(skip, f"{seed}/{n}", assumed) for n in range(people)]
    seconds = assumed.seconds_an_answer * fmean(person.practised for person, _shares in lives)
    return Outcome(
        ready=tuple(map(fmean, zip(*(shares for _person, shares in lives), strict=True))),
        minutes_a_week=seconds / 60 / max(assumed.looked_at),
    )


def live(skip: float, seed: str, assumed: Assumptions) -> tuple[Person, list[float]]:
    """Half a year of one person, and her share of ready modules in each week looked at.

    Whether a practice is skipped is thrown with dice of its own: who skips more leaves out the
    same practices and some others.
    """
    person, dice = Person(assumed, Random(f"{seed} knows")), Random(f"{seed} skips")
    shares = []
    for day in range(7 * max(assumed.looked_at) + 1):
        on = FIRST_QUIZ + timedelta(days=day)
        if day in (7 * week for week in assumed.looked_at):
            shares.append(person.share_ready(on))
        for module in due_quizzes(person, day):
            person.sit_quiz(module, on)
        if day % 7 in assumed.practised_on and dice.random() >= skip:
            person.practise(on)
    return person, shares


def due_quizzes(person: Person, day: int) -> list[int]:
    begun = range(min(day // 7 + 1, person.assumed.modules))
    return [module for module in begun if module not in person.dates]
