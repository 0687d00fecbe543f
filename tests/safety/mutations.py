"""Feeds every importer with broken files: `python -m tests.safety.mutations --inputs 100000`.

Each input is a sound file with some damage: bytes flipped, cut out, doubled or put in, the end
missing, another encoding, signs that mean something to the format. Whatever comes in, an importer
answers with a report or refuses with its reasons; it never crashes, is never slow, and does not
grow. The seed is printed; the same seed breaks the same files.
"""

import argparse
import contextlib
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
SLOW_SECONDS = 2.0
KILOBYTES = 1024

SIGNS: tuple[bytes, ...] = tuple(
    sign.encode()
    for sign in (
        *"{}~=#:\\%;,\t|\"'[]()<>!*-_`&@\x00\r\n",
        *("->", "//", "####", "$CATEGORY: ", "::", "1..", ":0", "%50%", "T}", "ANSWER: B", "A. "),
        *("---\n", "- ", "key: ", "[fact: x]", "![](", "](", "{{ x }}", "{% if %}", "<table><tr>"),
        *("XX", "9" * 400, "2026-02-30", "\ufeff", "\u202e", "e\u0301", "=cmd()", " " * 300),
    )
)
ENCODINGS = ("utf-16", "utf-16-le", "cp1252", "cp437", "cp850", "latin-1", "utf-8-sig", "utf-32")


@dataclass(slots=True)
class Verdict:
    """What came of the inputs of one importer."""

    importer: str
    inputs: int = 0
    refused: int = 0
    slow: int = 0
    slowest: float = 0.0
    grown_megabytes: float = 0.0
    crashes: Counter[str] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        return not self.crashes and not self.slow

    def __str__(self) -> str:
        told = (
            f"{self.importer}: {self.inputs} inputs, {sum(self.crashes.values())} crashes, "
            f"{self.slow} slower than {SLOW_SECONDS:g} s (slowest {self.slowest:.2f} s), "
            f"{self.refused} refused, memory +{self.grown_megabytes:.0f} MB"
        )
        return "\n".join([told, *(f"  {count} x {what}" for what, count in self.crashes.items())])


def damaged(data: bytes, rng: Random) -> bytes:
    for _wound in range(rng.choice((1, 1, 1, 2, 3, 8))):
        data = rng.choice(WOUNDS)(data, rng)
    return data


def _flipped(data: bytes, rng: Random) -> bytes:
    where = rng.randrange(len(data) + 1)
    return data[:where] + rng.randbytes(1) + data[where + 1 :]


def _with_sign(data: bytes, rng: Random) -> bytes:
    where = rng.randrange(len(data) + 1)
    sign: bytes = rng.choice(SIGNS)
    return data[:where] + sign * rng.choice((1, 1, 1, 2, 40)) + data[where:]


def _cut(data: bytes, rng: Random) -> bytes:
    begin, end = _slice(data, rng)
    return data[:begin] + data[end:]


def _doubled(data: bytes, rng: Random) -> bytes:
    begin, end = _slice(data, rng)
    return data[:end] + data[begin:end] * rng.choice((1, 1, 30)) + data[end:]


def _ended_early(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _shuffled(data: bytes, rng: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    rng.shuffle(lines)
    return b"".join(lines)


def _recoded(data: bytes, rng: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(rng.choice(ENCODINGS), "replace")


def _slice(data: bytes, rng: Random) -> tuple[int, int]:
    begin = rng.randrange(len(data) + 1)
    return begin, min(len(data), begin + rng.choice((1, 4, 30, 200)))


WOUNDS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flipped,
    _with_sign,
    _with_sign,
    _cut,
    _doubled,
    _ended_early,
    _shuffled,
    _recoded,
)


def importers() -> dict[str, Callable[[Path, Random], Any]]:
    """Each breaks what it needs in a folder of its own and runs dry."""
    from departments.importers.chains import import_chains  # noqa: PLC0415  (Django is set up now)
    from departments.importers.people import import_people  # noqa: PLC0415
    from departments.importers.requirements import import_requirements  # noqa: PLC0415
    from knowledge.importers.content import import_content  # noqa: PLC0415
    from quizzes.importers.questions import import_questions  # noqa: PLC0415

    return {
        "people": _file_feeder("people.csv", import_people),
        "requirements": _file_feeder("requirements.csv", import_requirements),
        "chains": _file_feeder("chains.csv", import_chains, can_skip=False),
        "questions": _file_feeder("questions.gift", import_questions),
        "content": _content_feeder(import_content),
    }


def _file_feeder(
    name: str, run: Callable[..., Any], *, can_skip: bool = True
) -> Callable[[Path, Random], Any]:
    sound = (EXAMPLES / name).read_bytes()

    def feed(folder: Path, rng: Random) -> Any:
        path = folder / name
        path.write_bytes(damaged(sound, rng))
        options = {"skip_unsupported": rng.random() < 0.5} if can_skip else {}
        return run(path, dry_run=True, **options)

    return feed


def _content_feeder(run: Callable[..., Any]) -> Callable[[Path, Random], Any]:
    sound = {
        path.relative_to(EXAMPLES): path.read_bytes()
        for path in sorted((EXAMPLES / "content").rglob("*"))
        if path.is_file()
    }

    def feed(folder: Path, rng: Random) -> Any:
        broken = rng.choice(list(sound))
        for name, data in sound.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(damaged(data, rng) if name == broken else data)
        return run(folder / "content", dry_run=True, skip_unsupported=rng.random() < 0.5)

    return feed


def feed_broken(importer: str, inputs: int, seed: int, folder: Path) -> Verdict:
    """Counts what an importer does with that many broken files."""
    from knowledge.importers.reporting import ImportRefused  # noqa: PLC0415

    feed, rng, verdict = importers()[importer], Random(seed), Verdict(importer)
    before = _megabytes()
    for _number in range(inputs):
        started = time.perf_counter()
        try:
            feed(folder, rng)
        except ImportRefused:
            verdict.refused += 1
        except Exception as error:  # noqa: BLE001  (whatever an importer lets through is the finding)
            verdict.crashes[f"{type(error).__name__}: {str(error)[:120]}"] += 1
        took = time.perf_counter() - started
        verdict.inputs += 1
        verdict.slow += took > SLOW_SECONDS
        verdict.slowest = max(verdict.slowest, took)
    verdict.grown_megabytes = _megabytes() - before
    return verdict


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(1_000_000))
    parser.add_argument("--importer", action="append")
    plan = parser.parse_args(arguments)
    sys.stdout.write(f"seed {plan.seed}\n")
    with throwaway_portal() as folder:
        names = plan.importer or list(importers())
        verdicts = [feed_broken(name, plan.inputs, plan.seed, folder) for name in names]
    sys.stdout.write("".join(f"{verdict}\n" for verdict in verdicts))
    return 0 if all(verdict.is_clean for verdict in verdicts) else 1


@contextlib.contextmanager
def throwaway_portal() -> Iterator[Path]:
    """A portal of its own that holds the examples; gives a folder for broken files."""
    with tempfile.TemporaryDirectory(prefix="portal-mutations-") as name:
        os.environ.update(
            VAR_DIR=str(Path(name) / "var"), DJANGO_SETTINGS_MODULE="portal.settings.local"
        )
        os.environ.pop("DATABASE_URL", None)
        furnish()
        files = Path(name) / "files"
        files.mkdir()
        yield files


def furnish() -> None:
    import django  # noqa: PLC0415  (its settings are chosen only now)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from tests.importing import import_all  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    import_all(EXAMPLES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
