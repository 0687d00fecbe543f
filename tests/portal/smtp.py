"""A small mail server, which can be slow, refuse an address, or hang up at the worst moment."""

import socketserver
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any, cast

OK = "250 fine"


@dataclass
class Post:
    """What the server took, by address, and how it behaves."""

    port: int = 0
    taken: list[str] = field(default_factory=list)
    refused: frozenset[str] = frozenset()
    not_now: frozenset[str] = frozenset()
    # Takes the mail, and hangs up before it says so.
    hangs_up_after: frozenset[str] = frozenset()
    # Says goodbye after each mail, as many servers do after some.
    is_curt: bool = False
    seconds: float = 0.0
    lock: Lock = field(default_factory=Lock)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    post: Post


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        self.post = cast("Server", self.server).post
        self.to = ""
        self.say("220 ready")
        while (line := self.rfile.readline()) and self.answers(line.decode().strip()):
            pass

    def say(self, words: str) -> bool:
        self.wfile.write(f"{words}\r\n".encode())
        return True

    def answers(self, line: str) -> bool:
        """Whether the conversation goes on."""
        verb = line[:4].upper()
        if verb == "RCPT":
            self.to = line.partition("<")[2].rstrip(">").partition(">")[0]
            return self.say(self.word_about(self.to))
        if verb == "DATA":
            return self.take()
        if verb == "QUIT":
            self.say("221 bye")
            return False
        return self.say(OK)

    def word_about(self, address: str) -> str:
        if address in self.post.refused:
            return "550 nobody of that name"
        return "451 not now" if address in self.post.not_now else OK

    def take(self) -> bool:
        self.say("354 go on")
        while self.rfile.readline() != b".\r\n":
            pass
        time.sleep(self.post.seconds)
        with self.post.lock:
            self.post.taken.append(self.to)
        if self.to in self.post.hangs_up_after:
            return False
        return self.say(OK) and not self.post.is_curt


@contextmanager
def mail_server(settings: Any, **behaviour: Any) -> Iterator[Post]:
    """Mails go to it as long as it runs."""
    post = Post(**behaviour)
    with Server(("127.0.0.1", 0), Conversation) as server:
        server.post = post
        post.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        send_to(settings, post.port)
        try:
            yield post
        finally:
            server.shutdown()
            thread.join()


def send_to(settings: Any, port: int) -> None:
    options = {"host": "127.0.0.1", "port": port, "timeout": 2}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
