"""Somebody with two devices, which send in the same moment through the portal as it is served."""

import contextlib
from functools import partial
from typing import Any

from tests.safety.browser import Browser, NoAnswerError, Page, SurpriseError
from tests.safety.client import SURENESS, Acknowledged, Client, Place
from tests.safety.devices import Devices, Step


class Racer(Client):
    """Takes quizzes and practises as a `Client` does, until she has raced so often."""

    def __init__(
        self, browser: Browser, email: str, modules: list[str], seed: str, races: int
    ) -> None:
        super().__init__(browser, email, modules, seed)
        # As two tabs do, the devices share their cookies: the server knows them by nothing else.
        self.other = Browser(browser.port, browser.cookies)
        self.devices = Devices()
        self.races, self.most_races = 0, races
        # The pages that lie open on the other device, from a sitting before.
        self.left_open: dict[str, tuple[Place, Page]] = {}

    def _race(self, first: Step, second: Step) -> list[Any]:
        self.races += 1
        if self.races >= self.most_races:
            self.enough.set()
        return self.devices.at_once(first, second)

    def _open(self, door: str, fields: dict[str, str]) -> str:
        pages = self._race(*[partial(device.post, door, fields) for device in self._both])
        path: str = pages[0].path
        return path

    def _send(self, place: Place, page: Page) -> None:
        self._send_left_open(page)
        races = [self._press_twice, self._answer_on_both, self._send_again, self._go_back]
        self.random.choice(races)(place, page)
        self.left_open[page.path] = place, page

    def _send_left_open(self, page: Page) -> None:
        """The form of a sitting before is no answer to the question that stands there now."""
        if page.path not in self.left_open:
            return
        place, left_open = self.left_open.pop(page.path)
        self._post(self.other, place, left_open, self._choice(left_open))()
        if not self.browser.get(page.path).has_form:
            message = f"{page.path} was answered by the form of a sitting before."
            raise SurpriseError(message)

    def _press_twice(self, place: Place, page: Page) -> None:
        given = self._choice(page)
        self._race(*[self._post(device, place, page, given) for device in self._both])

    def _answer_on_both(self, place: Place, page: Page) -> None:
        """Each device has opened the question for itself, and chooses for itself."""
        there = self.other.get(page.path)
        self._race(
            self._post(self.browser, place, page, self._choice(page)),
            self._post(self.other, place, there, self._choice(there)),
        )

    def _send_again(self, place: Place, page: Page) -> None:
        """The connection is lost before the answer came; then the button is pressed once more."""
        given = self._choice(page)
        with contextlib.suppress(OSError, NoAnswerError):
            self.browser.send_and_leave(page.path, self._fields(page, given))
        self._race(*[self._post(device, place, page, given) for device in self._both])

    def _go_back(self, place: Place, page: Page) -> None:
        """Back on the page as it was, she chooses again, while the other device looks."""
        self._post(self.browser, place, page, self._choice(page))()
        again = self._post(self.browser, place, page, self._choice(page))
        self._race(again, partial(self.other.get, page.path))

    def _post(self, device: Browser, place: Place, page: Page, given: Acknowledged) -> Step:
        def post() -> None:
            device.post(page.path, self._fields(page, given))
            self.sent.append((place, given))

        return post

    def _fields(self, page: Page, given: Acknowledged) -> dict[str, str]:
        return page.hidden | {"answer": str(given.choice), "sureness": given.sureness}

    def _choice(self, page: Page) -> Acknowledged:
        return Acknowledged(int(self.random.choice(page.choices)), self.random.choice(SURENESS))

    @property
    def _both(self) -> tuple[Browser, Browser]:
        return self.browser, self.other
