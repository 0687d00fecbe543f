"""The way to the mail server: one connection for many mails, and what became of each."""

from dataclasses import dataclass
from enum import StrEnum
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, mailers

LONGEST_TROUBLE = 200
FIRST_PERMANENT = 500
SERVER_SAYS_YES = 250


class Fate(StrEnum):
    SENT = "sent"
    # The server won't ever take a mail for this address.
    REFUSED = "refused"
    # The server said "not now", so it has not taken the mail.
    LATER = "later"
    # The server can't be reached: the next mail would wait for it as long.
    AWAY = "away"
    # The connection broke on the way: the server may have taken the mail, or not.
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Posted:
    fate: Fate
    trouble: str = ""


class Letterbox:
    """Opens its connection with the first mail, and anew where the server has hung up between."""

    def __init__(self) -> None:
        self._mailer: Any = mailers.default

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def post(self, message: EmailMessage) -> Posted:
        try:
            self._reach()
        except OSError as error:
            self._hang_up()
            return Posted(Fate.AWAY, _told(error))
        try:
            self._mailer.send_messages([message])
        except (OSError, ValueError) as error:
            posted = Posted(_fate(error), _told(error))
            if posted.fate is Fate.UNCLEAR:
                self._hang_up()
            return posted
        return Posted(Fate.SENT)

    def _reach(self) -> None:
        connection = getattr(self._mailer, "connection", None)
        if connection is not None and not _answers(connection):
            self._hang_up()
        self._mailer.open()

    def _hang_up(self) -> None:
        try:
            self._mailer.close()
        except OSError:
            # It is gone, which is what was wanted.
            self._mailer.connection = None


def _answers(connection: Any) -> bool:
    try:
        return bool(connection.noop()[0] == SERVER_SAYS_YES)
    except OSError:
        return False


def _fate(error: Exception) -> Fate:
    if isinstance(error, ValueError):
        # Django finds that it is no address.
        return Fate.REFUSED
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return Fate.REFUSED if min(codes, default=0) >= FIRST_PERMANENT else Fate.LATER
    if isinstance(error, SMTPResponseException):
        return Fate.LATER
    return Fate.UNCLEAR


def _told(error: Exception) -> str:
    words = str(error) if isinstance(error, SMTPException | ValueError) else repr(error)
    return words[:LONGEST_TROUBLE]
