"""Somebody who takes quizzes without end, and writes down which answers the portal has taken."""

import http.client
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import cycle
from random import Random
from urllib.parse import urlencode

from tests.safety.house import PASSWORD

CHOICES = re.compile(r'name="answer" value="(\d+)"')
NEXT_URL = re.compile(r'<a class="button" href="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SURENESS = ("guessing", "fairly-sure", "sure")
PATIENCE_SECONDS = 60
# Somebody who is in a hurry presses the button again, or goes back and chooses something else.
SECOND_THOUGHTS = 0.2

type Place = tuple[str, str, int, int]


class NoAnswerError(Exception):
    """The server didn't answer, or not to the end."""


class SurpriseError(Exception):
    """The server answered with something that no colleague should ever see."""


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    path: str
    text: str

    @property
    def main(self) -> str:
        """What the page is about, without the forms that every page has around it."""
        return self.text.partition("<main")[2].partition("</main>")[0]

    @property
    def choices(self) -> list[str]:
        return CHOICES.findall(self.main)


@dataclass
class Browser:
    """Cookies and redirects over a new connection for each request."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    # Requests that may have reached a server which was killed before it answered.
    unanswered: int = 0

    def get(self, path: str) -> Page:
        page = self.ask("GET", path, None)
        hops = 0
        while page.status == http.client.FOUND and hops < 5:
            page, hops = self.ask("GET", page.path, None), hops + 1
        if page.status != http.client.OK:
            message = f"GET {path}: {page.status}"
            raise SurpriseError(message)
        return page

    def post(self, path: str, fields: Mapping[str, str], token: str) -> Page:
        """The answer to the form itself: a redirect is not followed."""
        page = self.ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": token}))
        if page.status not in {http.client.OK, http.client.FOUND}:
            message = f"POST {path}: {page.status}"
            raise SurpriseError(message)
        return page

    def ask(self, method: str, path: str, body: str | None) -> Page:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except ConnectionRefusedError as fault:
            raise NoAnswerError from fault
        except (OSError, http.client.HTTPException) as fault:
            self.unanswered += 1
            raise NoAnswerError from fault
        finally:
            connection.close()
        self._keep_cookies(response)
        return Page(response.status, response.getheader("Location", path), text)

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for header in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An answer that the portal said it had taken: the redirect came back."""

    choice: int
    sureness: str


class Client(threading.Thread):
    """Takes one quiz after the other, then practises, until told to stop at a finished sitting."""

    def __init__(self, port: int, email: str, modules: list[str], seed: str) -> None:
        super().__init__(name=email, daemon=True)
        self.browser = Browser(port)
        self.email, self.modules = email, modules
        self.random = Random(seed)
        self.enough = threading.Event()
        self.journal: dict[Place, Acknowledged] = {}
        self.asked_again: list[Place] = []
        self.sittings: dict[tuple[str, str], int] = {}
        self.fault: Exception | None = None

    def sign_in(self) -> None:
        """Before anything breaks: who is cut off here too often must wait, as an intruder would."""
        page = self.browser.get("/accounts/login/")
        fields = {"login": self.email, "password": PASSWORD}
        answer = self.browser.post("/accounts/login/", fields, token_of(page))
        if answer.status != http.client.FOUND:
            raise SurpriseError("The sign-in was refused.")

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
        while (position := position_of(page)) is not None:
            place = (module, kind, ordinal, position)
            page = self._patiently(lambda place=place, path=page.path: self._answer(place, path))  # type: ignore[misc]
        return True

    def _start(self, module: str, kind: str) -> Page | None:
        door = f"/learn/{module}/quiz/" if kind == "quiz" else "/practice/"
        page = self.browser.get(door)
        if position_of(page) is not None:
            return page
        if 'method="post"' not in page.main:
            return None
        fields = {} if kind == "quiz" else {"module": module}
        answer = self.browser.post(door, fields, token_of(page))
        page = self.browser.get(answer.path)
        return page if position_of(page) is not None else None

    def _answer(self, place: Place, path: str) -> Page:
        """Answers one question and goes on. After a break it looks first what became of it."""
        page = self.browser.get(path)
        if page.choices and place in self.journal:
            self.asked_again.append(place)
        if page.choices:
            choice, sureness = self.random.choice(page.choices), self.random.choice(SURENESS)
            fields = {"answer": choice, "sureness": sureness}
            answer = self.browser.post(path, fields, token_of(page))
            if answer.status != http.client.FOUND:
                message = f"The answer to {path} was not taken."
                raise SurpriseError(message)
            self.journal.setdefault(place, Acknowledged(int(choice), sureness))
            if self.random.random() < SECOND_THOUGHTS:
                self.browser.post(path, {**fields, "answer": page.choices[0]}, token_of(page))
            page = self.browser.get(path)
        return self.browser.get(next_url_of(page))

    def _patiently[T](self, step: Callable[[], T]) -> T:
        """Again and again while the server is away; each step finds out for itself where it is."""
        waited = 0.0
        while True:
            try:
                return step()
            except NoAnswerError:
                waited += 0.05
                if waited > PATIENCE_SECONDS:
                    raise
                threading.Event().wait(0.05)


def token_of(page: Page) -> str:
    found = TOKEN.search(page.main)
    if found is None:
        message = f"{page.path} has no form."
        raise SurpriseError(message)
    return found[1]


def next_url_of(page: Page) -> str:
    found = NEXT_URL.search(page.main)
    if found is None:
        message = f"{page.path} leads nowhere."
        raise SurpriseError(message)
    return found[1]


def position_of(page: Page) -> int | None:
    found = re.search(r"/(\d+)/$", page.path)
    return int(found[1]) if found else None
