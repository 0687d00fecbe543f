"""A worked example of how dates move, by the very rules that move everybody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quizzes import memory
from quizzes.memory import Dates, MemoryRules, Sureness, Trace

QUESTIONS = 6


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """Somebody passes on a day with everything right and sure, and practises once, or never."""

    passed_on: date
    ready_until: date
    practised_on: date
    ready_after_practice: date


def worked_example(on: date, rules: MemoryRules) -> WorkedExample:
    traces = _answered([None] * QUESTIONS, on)
    passed = memory.dates_after_pass(traces, on=on, rules=rules)
    practised_on = on + timedelta(days=rules.first_practice_days)
    return WorkedExample(
        passed_on=on,
        ready_until=passed.ready_until,
        practised_on=practised_on,
        ready_after_practice=_practised(traces, practised_on, rules, passed).ready_until,
    )


def _practised(traces: Sequence[Trace], on: date, rules: MemoryRules, earlier: Dates) -> Dates:
    return memory.dates_after_practice(
        _answered(traces, on),
        on=on,
        rules=rules,
        earlier=earlier,
        right=len(traces),
        answered=len(traces),
    )


def _answered(traces: Sequence[Trace | None], on: date) -> list[Trace]:
    return [memory.review(trace, right=True, sureness=Sureness.SURE, on=on) for trace in traces]
