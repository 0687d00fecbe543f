"""What is said of a promise: the table of the rules, line by line."""

import pytest

from customers.diagnosis import Finding, Level, believing, diagnose, knowing
from customers.verdicts import Verdict

HIGH, LOW, UNKNOWN = Level.HIGH, Level.LOW, Level.UNKNOWN
KEPT, SHORT = Verdict.KEPT, Verdict.FALLING_SHORT


@pytest.mark.parametrize(
    ("know", "believe", "deliver", "finding"),
    [
        (LOW, HIGH, KEPT, Finding.NOT_KNOWN_YET),
        (LOW, LOW, SHORT, Finding.NOT_KNOWN_YET),
        (LOW, UNKNOWN, Verdict.TOO_FEW, Finding.NOT_KNOWN_YET),
        (HIGH, LOW, SHORT, Finding.SEEN_TO_FAIL),
        (HIGH, LOW, KEPT, Finding.WORKS_UNNOTICED),
        (HIGH, HIGH, SHORT, Finding.BELIEVED_NOT_DONE),
        (HIGH, HIGH, KEPT, Finding.READY),
        (HIGH, HIGH, Verdict.TOO_FEW, Finding.ASK_CUSTOMERS),
        (HIGH, LOW, Verdict.TOO_CLOSE, Finding.ASK_CUSTOMERS),
        (UNKNOWN, UNKNOWN, Verdict.UNPROVEN, Finding.ASK_CUSTOMERS),
        (HIGH, UNKNOWN, KEPT, Finding.WORKS),
        (HIGH, UNKNOWN, SHORT, Finding.NOT_DONE),
        (UNKNOWN, HIGH, KEPT, Finding.WORKS),
        (UNKNOWN, LOW, SHORT, Finding.NOT_DONE),
    ],
)
def test_a_promise_gets_one_sentence(
    know: Level, believe: Level, deliver: Verdict, finding: Finding
) -> None:
    assert diagnose(know, believe, deliver).finding is finding


def test_old_evidence_is_looked_at_again_before_anything_follows_from_it() -> None:
    assert diagnose(HIGH, HIGH, KEPT, is_stale=True).finding is Finding.LOOK_AGAIN
    assert diagnose(LOW, HIGH, KEPT, is_stale=True).finding is Finding.NOT_KNOWN_YET


@pytest.mark.parametrize(
    ("ready", "needed", "level"), [(27, 30, HIGH), (24, 30, HIGH), (23, 30, LOW), (0, 0, UNKNOWN)]
)
def test_a_promise_is_known_when_80_of_100_are_ready(ready: int, needed: int, level: Level) -> None:
    assert knowing(ready, needed) is level


@pytest.mark.parametrize(
    ("yes", "answers", "level"),
    [(18, 47, LOW), (32, 48, HIGH), (31, 48, LOW), (None, 9, UNKNOWN), (0, 0, UNKNOWN)],
)
def test_a_promise_is_believed_when_two_of_three_say_yes(
    yes: int | None, answers: int, level: Level
) -> None:
    assert believing(yes, answers) is level
