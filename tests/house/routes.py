"""Every address that the portal answers, read from Django's resolver, and how one is answered."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

LOGIN_ADDRESS = "/accounts/login/"
EDITOR_ADDRESS = "/cms/"
CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")
# Wagtail's two routes whose groups have no name; here the pattern itself is the argument's name.
UNNAMED = re.compile(r"(\(\\d\+\)|\(\.\*\)|\(\(\?:.*\)\*\))")
GROUPED = re.compile(r"\(\?P<(\w+)>(?:[^()\[\]]|\[[^\]]*\])*\)")


class Answer(StrEnum):
    """What somebody meets at an address."""

    SHOWN = "shown"
    SENT_ON = "sent on"
    SIGN_IN = "asked to sign in"
    REFUSED = "refused"
    NOT_THERE = "not there"
    NOT_SO = "not by this method, or not with this"
    BROKEN = "broken"


BY_STATUS = {401: Answer.REFUSED, 403: Answer.REFUSED, 404: Answer.NOT_THERE}


def routes() -> list[str]:
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _walk(pattern, route)


def address_of(route: str, arguments: Mapping[str, object]) -> str:
    """The route with its arguments filled in; a `KeyError` names the one that has no sample."""
    for pattern in (UNNAMED, GROUPED, CONVERTED):
        route = pattern.sub(lambda found: str(arguments[found[1]]), route)
    return "/" + re.sub(r"[\^$\\]", "", route)


def answer_in(response: HttpResponse) -> Answer:
    # A file that is sent stays open until somebody has read it.
    b"".join(response)
    if response.status_code in BY_STATUS:
        return BY_STATUS[response.status_code]
    if response.status_code >= 500:
        return Answer.BROKEN
    if response.status_code >= 400:
        return Answer.NOT_SO
    if response.status_code >= 300:
        return _destination(response.headers.get("Location", ""))
    return Answer.SHOWN


def _destination(address: str) -> Answer:
    if address.startswith(LOGIN_ADDRESS):
        return Answer.SIGN_IN
    # Wagtail sends whoever may not do something back to the editor's first page.
    return Answer.REFUSED if address == EDITOR_ADDRESS else Answer.SENT_ON
