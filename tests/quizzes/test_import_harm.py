"""Files made to harm, by chance or on purpose: refused or read, always soon."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from knowledge.importers.reporting import ImportRefused
from portal.demo.loading import FILES
from quizzes.importers.questions import import_questions
from quizzes.models import Question
from tests.factories import ModuleFactory

pytestmark = pytest.mark.django_db

MOST_SECONDS = 2.0
ROUNDS = 60
MB = 1_000_000

GIFT = (FILES / "questions" / "fair-refund.gift").read_bytes()
AIKEN = b"""Which day is it?
A) Monday, 4\xe2\x80\xaf%
B. Thursday
ANSWER: B

What <b>now</b>?
A) {nothing}
B) =all~
ANSWER: A
"""
SIGNS = [
    *(
        b"{",
        b"}",
        b"~",
        b"=",
        b"#",
        b"\\",
        b":",
        b"::",
        b"%",
        b"####",
        b"->",
        b"//",
        b"\n",
        b"\n\n",
    ),
    *(b"[html]", b"[markdown]", b"[id:", b"[tag:order]", b"$CATEGORY: x", b"ANSWER: Z", b"A) "),
    *(b"<", b"<pre>", b"&#55555;", b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xb7\x90", b"9" * 400),
]


def insert(data: bytes, random: Random) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + random.choice(SIGNS) + data[place:]


def cut(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start + random.randrange(200) :]


def flip(data: bytes, random: Random) -> bytes:
    place = random.randrange(len(data))
    return data[:place] + bytes([random.randrange(256)]) + data[place + 1 :]


def repeat(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data))
    return data + data[start : start + random.randrange(500)] * random.randrange(5)


MUTATIONS: list[Callable[[bytes, Random], bytes]] = [insert, insert, cut, flip, repeat]


def survives(path: Path, data: bytes) -> None:
    """However it ends, it is a report or a refusal, and nothing is written in a dry run."""
    path.write_bytes(data)
    start = time.process_time()
    for skips in (False, True):
        try:
            import_questions(path, dry_run=True, module="cells", skip_unsupported=skips)
        except ImportRefused as refusal:
            assert refusal.faults  # noqa: PT017  (a refusal without a reason would be none)
    assert time.process_time() - start < 2 * MOST_SECONDS
    assert not Question.objects.exists()


@pytest.mark.parametrize("whole", [GIFT, AIKEN], ids=["gift", "aiken"])
def test_damaged_files_are_refused_or_read(tmp_path: Path, whole: bytes) -> None:
    ModuleFactory(slug="cells")
    random = Random(20)
    for _round in range(ROUNDS):
        data = whole
        for _change in range(random.randrange(1, 12)):
            data = random.choice(MUTATIONS)(data or whole, random)
        survives(tmp_path / "theirs.txt", data)


@pytest.mark.parametrize(
    "text",
    [
        *("{" * MB, "}" * MB, "\\" * MB, "~" * MB, "#" * MB, ":" * MB, "\n" * MB),
        *(f"What?{{{sign * MB}}}" for sign in "=~#%\\\n"),
        "What?{=a ~b\n\n" * 10_000,
        "[html]" * 100_000 + "{T}",
        "[html]" + "<b>" * 6_000 + "{T}",
        "[html]" + "<div>" * 3_900 + "x{T}",
        "<!--" * 4_900 + "{T}",
        "<a " + " " * 19_900 + "{T}",
        "[markdown]" + "*a" * 9_900 + "{T}",
        "[markdown]" + "![" * 9_900 + "{T}",
        "// " + "[id:" * 200_000 + "\nWhat?{T}",
        "// " + "[tag:fact:a]" * 80_000 + "\nWhat?{T}",
        "$CATEGORY: " + "a/" * 400_000 + "\nWhat?{T}",
        "A) a\n" * 20_000 + "ANSWER: A",
        "B) b\n" * 100_000 + "ANSWER: B",
        "Why? " * 3_000 + "{####" + "Why " * 1_000 + "}",
    ],
    ids=lambda text: repr(text[:14]),
)
def test_what_is_made_to_take_long_does_not(tmp_path: Path, text: str) -> None:
    ModuleFactory(slug="cells")
    path = tmp_path / "theirs.txt"
    path.write_text(text, encoding="utf-8")
    start = time.process_time()
    with suppress(ImportRefused):
        import_questions(path, dry_run=True, module="cells")
    assert time.process_time() - start < MOST_SECONDS


def test_twice_as_many_questions_take_about_twice_as_long(tmp_path: Path) -> None:
    ModuleFactory(slug="cells")
    path = tmp_path / "theirs.txt"
    seconds = []
    for count in (500, 500, 2_000):
        path.write_text(
            "".join(f"What is {number}?{{={number} ~none}}\n\n" for number in range(count)),
            encoding="utf-8",
        )
        start = time.process_time()
        import_questions(path, dry_run=True, module="cells")
        seconds.append(time.process_time() - start)
    assert seconds[2] < 10 * seconds[1]
