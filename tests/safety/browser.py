"""A browser without a screen: cookies, redirects, and the forms of a page."""

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode

ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)
INPUT = re.compile(r"<input\b([^>]*)>")
NEXT_URL = re.compile(r'<a class="button" href="([^"]+)"')
POSITION = re.compile(r"/(\d+)/$")
# What a form is answered with where it was not taken, or where something else was said of it.
SHOWN = {http.client.OK, http.client.FOUND, http.client.CONFLICT}


class NoAnswerError(Exception):
    """The server didn't answer, or not to the end."""


class BusyError(NoAnswerError):
    """The server asked for patience: the same request may be sent again."""


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
    def has_form(self) -> bool:
        return FORM.search(self.main) is not None

    @property
    def inputs(self) -> list[dict[str, str]]:
        """Those of the first form that is sent."""
        form = FORM.search(self.main)
        return [attributes_of(tag) for tag in INPUT.findall(form[0])] if form else []

    @property
    def hidden(self) -> dict[str, str]:
        """What goes back unread: whatever the server wants to find there again."""
        fields = [given for given in self.inputs if given.get("type") == "hidden"]
        if not any(given["name"] == "csrfmiddlewaretoken" for given in fields):
            message = f"{self.path} has no form."
            raise SurpriseError(message)
        return {given["name"]: given.get("value", "") for given in fields}

    @property
    def choices(self) -> list[str]:
        return [given["value"] for given in self.inputs if given.get("name") == "answer"]

    @property
    def position(self) -> int | None:
        found = POSITION.search(self.path)
        return int(found[1]) if found else None

    @property
    def next_url(self) -> str:
        found = NEXT_URL.search(self.main)
        if found is None:
            message = f"{self.path} leads nowhere."
            raise SurpriseError(message)
        return found[1]


@dataclass
class Browser:
    """Each request has a connection of its own, as through a proxy."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    # Requests that may have reached a server which was killed before it answered.
    unanswered: int = 0
    # Requests that were answered with 503: the database was away.
    busy: int = 0

    def get(self, path: str) -> Page:
        page = self.ask("GET", path, None)
        hops = 0
        while page.status == http.client.FOUND and hops < 5:
            page, hops = self.ask("GET", page.path, None), hops + 1
        if page.status != http.client.OK:
            message = f"GET {path}: {page.status}"
            raise SurpriseError(message)
        return page

    def post(self, path: str, fields: Mapping[str, str]) -> Page:
        """The answer to the form itself: a redirect is not followed."""
        page = self.ask("POST", path, urlencode(fields))
        if page.status not in SHOWN:
            message = f"POST {path}: {page.status}"
            raise SurpriseError(message)
        return page

    def ask(self, method: str, path: str, body: str | None) -> Page:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            connection.request(method, path, body, self._headers(body))
            response = connection.getresponse()
            text = response.read().decode()
        except ConnectionRefusedError as fault:
            raise NoAnswerError from fault
        except (OSError, http.client.HTTPException) as fault:
            self.unanswered += 1
            raise NoAnswerError from fault
        finally:
            connection.close()
        if response.status == http.client.SERVICE_UNAVAILABLE:
            self.busy += 1
            raise BusyError
        self._keep_cookies(response)
        return Page(response.status, response.getheader("Location", path), text)

    def send_and_leave(self, path: str, fields: Mapping[str, str]) -> None:
        """Sends a form, and loses the connection before its answer is there."""
        body = urlencode(fields)
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            connection.request("POST", path, body, self._headers(body))
        finally:
            connection.close()

    def _headers(self, body: str | None) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        return {"Cookie": cookies, **form}

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for header in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value


def attributes_of(tag: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}
