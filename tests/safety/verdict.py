"""Sets what the clients were told beside what the database holds."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.safety.client import Acknowledged, Client, Place

type Sittings = dict[tuple[str, str, str], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the acknowledged answers; each list should be empty."""

    acknowledged: int
    unanswered: int
    busy: int
    sittings: int
    lost: list[str]
    doubled: list[str]
    stuck: list[str]
    surprises: list[str]

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.stuck or self.surprises)

    def __str__(self) -> str:
        figures = (
            f"{self.acknowledged} answers acknowledged in {self.sittings} sittings, "
            f"{self.unanswered} requests cut off, {self.busy} told to wait: "
            f"{len(self.lost)} lost, "
            f"{len(self.doubled)} doubled, {len(self.stuck)} stuck"
        )
        return "\n".join([figures, *self.lost, *self.doubled, *self.stuck, *self.surprises])


def judge(clients: Sequence[Client], stored: dict[str, Any]) -> Verdict:
    sittings = by_person_and_module(stored["sittings"])
    return Verdict(
        acknowledged=sum(len(client.journal) for client in clients),
        unanswered=sum(client.browser.unanswered for client in clients),
        busy=sum(client.browser.busy for client in clients),
        sittings=len(stored["sittings"]),
        lost=[
            *(line for client in clients for line in lost_of(client, sittings)),
            *(line for client in clients for line in thrown_away(client, sittings)),
            *half_written(stored),
        ],
        doubled=[
            *(line for client in clients for line in sittings_doubled(client, sittings)),
            *effects_doubled(stored),
        ],
        stuck=[describe(sitting) for sitting in stored["sittings"] if is_stuck(sitting)],
        surprises=[f"{client.email}: {client.fault!r}" for client in clients if client.fault],
    )


def by_person_and_module(sittings: Iterable[dict[str, Any]]) -> Sittings:
    """In the order in which they were started."""
    found: Sittings = {}
    for sitting in sittings:
        key = (sitting["person"], sitting["module"], sitting["kind"])
        found.setdefault(key, []).append(sitting)
    return found


def lost_of(client: Client, sittings: Sittings) -> Iterator[str]:
    for place in client.asked_again:
        yield f"{client.email} was asked again: {place}"
    for place, acknowledged in client.journal.items():
        answer = stored_answer(client.email, place, sittings)
        if answer is None or not is_same(answer, acknowledged):
            yield f"{client.email} {place}: told {acknowledged}, stored {answer}"


def thrown_away(client: Client, sittings: Sittings) -> Iterator[str]:
    """A second answer changes nothing, but it is kept beside the first."""
    for place, sent in client.sent:
        answer = stored_answer(client.email, place, sittings)
        if answer is None or chosen(answer, sent) not in [answer["response"], *answer["late"]]:
            yield f"{client.email} {place}: {sent} was thrown away"


def stored_answer(email: str, place: Place, sittings: Sittings) -> dict[str, Any] | None:
    module, kind, ordinal, position = place
    theirs = sittings.get((email, module, kind), [])
    answers = theirs[ordinal]["answers"] if ordinal < len(theirs) else []
    return next((answer for answer in answers if answer["position"] == position), None)


def is_same(answer: dict[str, Any], acknowledged: Acknowledged) -> bool:
    is_chosen = answer["response"] == chosen(answer, acknowledged)
    is_settled = answer["is_right"] is not None
    return is_chosen and is_settled and answer["sureness"] == acknowledged.sureness


def chosen(answer: dict[str, Any], acknowledged: Acknowledged) -> list[int]:
    return [answer["order"][acknowledged.choice - 1]]


def half_written(stored: dict[str, Any]) -> Iterator[str]:
    """An answer is stored together with the memory of it, acknowledged or not."""
    cards = {(email, question) for email, question in stored["cards"]}
    for sitting in stored["sittings"]:
        for answer in sitting["answers"]:
            is_settled = answer["is_right"] is not None
            if is_settled and (sitting["person"], answer["question"]) not in cards:
                yield f"{sitting['person']}: nothing is remembered of question {answer['question']}"


def sittings_doubled(client: Client, sittings: Sittings) -> Iterator[str]:
    for (module, kind), begun in client.sittings.items():
        stored = len(sittings.get((client.email, module, kind), []))
        if stored != begun:
            yield f"{client.email} began {begun} {kind} sittings in {module}, stored are {stored}"


def effects_doubled(stored: dict[str, Any]) -> Iterator[str]:
    """A sitting moves a standing once: there are never more events than reasons for one."""
    reasons: Counter[tuple[str, str, str]] = Counter()
    for sitting in stored["sittings"]:
        reasons[sitting["person"], sitting["module"], reason_of(sitting)] += 1
    for key, count in Counter(map(tuple, stored["events"])).items():
        email, module, kind = key
        allowed = 1 if kind == "started" else reasons[email, module, kind]
        if count > allowed or (kind == "passed" and count < allowed):
            yield f"{email} {module}: {count} events “{kind}” for {allowed} sittings"


def reason_of(sitting: dict[str, Any]) -> str:
    if sitting["kind"] == "practice":
        return "practised"
    return "passed" if sitting["is_passed"] else "not-yet"


def is_stuck(sitting: dict[str, Any]) -> bool:
    is_answered = all(answer["is_right"] is not None for answer in sitting["answers"])
    return not (sitting["is_finished"] and sitting["answers"] and is_answered)


def describe(sitting: dict[str, Any]) -> str:
    return f"{sitting['person']} can't finish a {sitting['kind']} of {sitting['module']}"
