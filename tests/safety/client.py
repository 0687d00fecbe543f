"""Somebody who takes quizzes without end, and writes down which answers the portal has taken."""

import http.client
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from random import Random

from tests.safety.browser import Browser, NoAnswerError, Page, SurpriseError

SURENESS = ("guessing", "fairly-sure", "sure")
PATIENCE_SECONDS = 120
SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
# Somebody who is in a hurry presses the button again, or goes back and chooses something else.
SECOND_THOUGHTS = 0.2

type Place = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An answer that the portal said it had taken: the redirect came back."""

    choice: int
    sureness: str


class Client(threading.Thread):
    """Takes one quiz after the other, then practises, until told to stop at a finished sitting."""

    def __init__(self, browser: Browser, email: str, modules: list[str], seed: str) -> None:
        super().__init__(name=email, daemon=True)
        self.browser, self.email, self.modules = browser, email, modules
        self.random = Random(seed)
        self.enough = threading.Event()
        self.journal: dict[Place, Acknowledged] = {}
        # Whatever the portal took, first or not: each is kept, none is thrown away.
        self.sent: list[tuple[Place, Acknowledged]] = []
        self.asked_again: list[Place] = []
        self.sittings: dict[tuple[str, str], int] = {}
        self.fault: Exception | None = None

    def run(self) -> None:
        try:
            for module in self.modules:
                self._take_quizzes(module)
            for module in cycle(self.modules):
                if self.enough.is_set():
                    return
                self._sit(module, "practice")
        except Exception as fault:  # noqa: BLE001  (whatever it is, it is told with the figures)
            self.fault = fault

    def _take_quizzes(self, module: str) -> None:
        while not self.enough.is_set() and self._sit(module, "quiz"):
            pass

    def _sit(self, module: str, kind: str) -> bool:
        """One sitting from its start to its result; false where none can be started today."""
        page = self._patiently(lambda: self._start(module, kind))
        if page is None:
            return False
        ordinal = self.sittings.get((module, kind), 0)
        self.sittings[module, kind] = ordinal + 1
        while (position := page.position) is not None:
            place = (module, kind, ordinal, position)
            page = self._patiently(lambda place=place, path=page.path: self._answer(place, path))  # type: ignore[misc]
        return True

    def _start(self, module: str, kind: str) -> Page | None:
        door = f"/learn/{module}/quiz/" if kind == "quiz" else "/practice/"
        page = self.browser.get(door)
        if page.position is not None:
            return page
        if not page.has_form:
            return None
        fields = {} if kind == "quiz" else {"module": module}
        page = self.browser.get(self._open(door, page.hidden | fields))
        return page if page.position is not None else None

    def _open(self, door: str, fields: dict[str, str]) -> str:
        return self.browser.post(door, fields).path

    def _answer(self, place: Place, path: str) -> Page:
        """Answers one question and goes on. After a break it looks first what became of it."""
        page = self.browser.get(path)
        if page.choices:
            self._send(place, page)
            page = self.browser.get(path)
        return self.browser.get(page.next_url)

    def _send(self, place: Place, page: Page) -> None:
        if place in self.journal:
            self.asked_again.append(place)
        given = Acknowledged(int(self.random.choice(page.choices)), self.random.choice(SURENESS))
        fields = page.hidden | {"answer": str(given.choice), "sureness": given.sureness}
        answer = self.browser.post(page.path, fields)
        if answer.status != http.client.FOUND:
            message = f"The answer to {page.path} was not taken."
            raise SurpriseError(message)
        self.journal.setdefault(place, given)
        if self.random.random() < SECOND_THOUGHTS:
            self.browser.post(page.path, fields | {"answer": page.choices[0]})
            another = Acknowledged(int(page.choices[0]), given.sureness)
            self.sent.append((place, another))

    def _patiently[T](self, step: Callable[[], T]) -> T:
        """Again and again while the server is away; each step finds out for itself where it is."""
        waited, pause = 0.0, SHORTEST_PAUSE
        while True:
            try:
                return step()
            except NoAnswerError:
                # As long as things go on being broken, nobody gives up.
                waited += pause if self.enough.is_set() else 0
                if waited > PATIENCE_SECONDS:
                    raise
                threading.Event().wait(pause * self.random.uniform(0.5, 1.5))
                pause = min(2 * pause, LONGEST_PAUSE)
