"""Two devices of one person in the same moment, again and again, through the real actions.

Each player has a thread for either device, with a database connection of its own. She starts,
answers and hands in, and writes down what was acknowledged; in the end all of it is set beside what
the database holds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from knowledge.models import ModulePage
from portal.models import User
from quizzes.actions import hand_in, start_practice, start_quiz, submit_answer
from quizzes.drawing import OpensTomorrow
from quizzes.models import Answer, Attempt
from tests.safety.aftermath import tally_of
from tests.safety.devices import Devices, Step
from tests.safety.tally import Sent, Tally

A_DAY = timedelta(days=1)
A_SECOND = timedelta(seconds=1)
RIGHT = 0.8
SURENESS = ("guessing", "fairly-sure", "sure")


@dataclass
class Player:
    person: User
    module: ModulePage
    at: datetime
    random: Random
    devices: Devices = field(default_factory=Devices)
    races: int = 0
    granted: int = 0
    sent: list[Sent] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)

    def play(self, races: int) -> Tally:
        """A day is quizzes until no more is to be had, and one practice."""
        try:
            while self.races < races:
                while attempt := self._start(start_quiz):
                    self._take(attempt)
                if attempt := self._start(start_practice):
                    self._take(attempt)
                self.at += A_DAY
            return tally_of(self.person, self.sent, self.granted, self.races, self.torn)
        finally:
            self.devices.close(hang_up)
            hang_up()

    def _race(self, *steps: Step) -> list[Any]:
        self.races += 1
        return self.devices.at_once(*steps)

    def _start(self, start: Callable[..., Attempt]) -> Attempt | None:
        self.at += A_SECOND
        step = partial(start, person=self.person, module=self.module, at=self.at)
        first, second = self._race(*[partial(unless_tomorrow, step)] * 2)
        if first != second:
            self.torn.append(f"{self.person}: two devices were given {first} and {second}")
        self.granted += first is not None
        attempt: Attempt | None = first
        return attempt

    def _take(self, attempt: Attempt) -> None:
        weights = {
            self._press_twice: 30,
            self._answer_on_both: 30,
            self._send_again: 19,
            self._go_back: 15,
            self._hand_in_meanwhile: 3,
            self._hand_in_twice: 3,
        }
        waiting = list(attempt.answers.select_related("question", "version"))
        while waiting:
            self.at += A_SECOND
            race = self.random.choices(list(weights), list(weights.values()))[0]
            race(waiting.pop(0), waiting)

    def _press_twice(self, answer: Answer, _waiting: list[Answer]) -> None:
        form = self._form(answer)
        self._race(self._send(answer, form), self._send(answer, form))

    def _answer_on_both(self, answer: Answer, _waiting: list[Answer]) -> None:
        forms = self._form(answer), self._form(answer)
        self._race(*[self._send(answer, form) for form in forms])

    def _send_again(self, answer: Answer, _waiting: list[Answer]) -> None:
        """A reply is lost, and the form is sent again, while the first is still on its way."""
        form = self._form(answer)
        send = self._send(answer, form)
        self._race(lambda: (send(), send()), self._send(answer, form))

    def _go_back(self, answer: Answer, waiting: list[Answer]) -> None:
        """The same form once more with another answer, while the other device goes on."""
        form = self._form(answer)
        self._send(answer, form)()
        again = self._send(answer, self._form(answer, key=form.key))
        following = waiting.pop(0) if waiting else None
        go_on = self._send(following, self._form(following)) if following else self._stop(answer)
        self._race(again, go_on)

    def _hand_in_meanwhile(self, answer: Answer, waiting: list[Answer]) -> None:
        waiting.clear()
        self._race(self._send(answer, self._form(answer)), self._stop(answer))

    def _hand_in_twice(self, answer: Answer, waiting: list[Answer]) -> None:
        waiting.clear()
        self._race(self._stop(answer), self._stop(answer))

    def _form(self, answer: Answer, key: UUID | None = None) -> Sent:
        is_right = self.random.random() < RIGHT
        fitting = [option.pk for option in answer.asked.options if option.is_right == is_right]
        return Sent(
            attempt=answer.attempt_id,
            position=answer.position,
            key=key or UUID(int=self.random.getrandbits(128), version=4),
            response=[self.random.choice(fitting)],
            sureness=self.random.choice(SURENESS),
        )

    def _send(self, answer: Answer, form: Sent) -> Step:
        submit = partial(
            submit_answer,
            # Each device has read the sitting for itself, as two requests do.
            attempt=copy(answer.attempt),
            position=form.position,
            response=form.response,
            sureness=form.sureness,
            key=form.key,
            at=self.at,
        )

        def send() -> None:
            submit()
            self.sent.append(form)

        return send

    def _stop(self, answer: Answer) -> Step:
        return partial(hand_in, attempt=copy(answer.attempt), at=self.at)


def play(people: Sequence[User], module: ModulePage, at: datetime, races: int, seed: str) -> Tally:
    """All of them at once; each takes her share of the races."""
    players = [
        Player(person, module, at, Random(f"{seed} {number}"))
        for number, person in enumerate(people)
    ]
    share = -(-races // len(players))
    with ThreadPoolExecutor(len(players)) as pool:
        return Tally.sum(list(pool.map(lambda player: player.play(share), players)))


def rush(people: Iterable[User], module: ModulePage, at: datetime, starts: int) -> Iterator[str]:
    """One quiz, started by the same person so many times in the same moment."""
    devices = Devices(starts)
    for person in people:
        step = partial(start_quiz, person=person, module=module, at=at)
        given = {attempt.pk for attempt in devices.at_once(*[step] * starts)}
        stored = Attempt.objects.filter(person=person).count()
        if len(given) != 1 or stored != 1:
            yield f"{person}: was given {len(given)} attempts, stored are {stored}"
    devices.close(hang_up)


def unless_tomorrow(start: Callable[[], Attempt]) -> Attempt | None:
    """That a quiz opens tomorrow is an answer like another."""
    try:
        return start()
    except OpensTomorrow:
        return None


def hang_up() -> None:
    """Closes the connection of the thread that calls."""
    connection.close()
