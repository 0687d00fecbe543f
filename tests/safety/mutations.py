"""Feeds every importer with broken files: `python -m tests.safety.mutations --inputs 100000`.

Each input is a sound file with some damage: bytes flipped, cut out, doubled or put in, the end
missing, another encoding, signs that mean something to the format. Whatever comes in, an importer
answers with a report or refuses with its reasons; it never crashes, is never slow, and does not
grow. The seed is printed; the same seed breaks the same files.
"""

import argparse
import contextlib
import csv
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

from tests.safety.wounds import damaged, damaged_within

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
SLOW_SECONDS = 2.0
MOSTLY = 0.9
KILOBYTES = 1024


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


def importers() -> dict[str, Callable[[Path, Random], Any]]:
    """Each breaks what it needs in a folder of its own and runs dry."""
    from customers.importers.changes import (  # noqa: PLC0415  (Django is set up now)
        import_process_changes,
    )
    from customers.importers.measures import import_measures  # noqa: PLC0415
    from customers.importers.readings import import_readings  # noqa: PLC0415
    from departments.importers.chains import import_chains  # noqa: PLC0415
    from departments.importers.people import import_people  # noqa: PLC0415
    from departments.importers.requirements import import_requirements  # noqa: PLC0415
    from knowledge.importers.content import import_content  # noqa: PLC0415
    from quizzes.importers.questions import import_questions  # noqa: PLC0415

    return {
        "people": _file_feeder("people.csv", import_people),
        "people as xlsx": _people_feeder(import_people),
        "requirements": _file_feeder("requirements.csv", import_requirements),
        "chains": _file_feeder("chains.csv", import_chains, can_skip=False),
        "measures": _file_feeder("measures.csv", import_measures, can_skip=False),
        "readings": _file_feeder("readings.csv", import_readings, can_skip=False),
        "process changes": _file_feeder(
            "process-changes.csv", import_process_changes, can_skip=False
        ),
        "questions": _file_feeder("questions.gift", import_questions),
        "questions as csv": _table_feeder("csv", import_questions),
        "questions as xlsx": _table_feeder("xlsx", import_questions),
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


def _people_feeder(run: Callable[..., Any]) -> Callable[[Path, Random], Any]:
    """The examples as a workbook, sometimes as a list of everybody; mostly one part is broken."""
    from knowledge.importers.workbooks import workbook  # noqa: PLC0415

    with (EXAMPLES / "people.csv").open(encoding="utf-8", newline="") as file:
        sound = workbook(csv.reader(file), name="People")

    def feed(folder: Path, rng: Random) -> Any:
        path = folder / "people.xlsx"
        is_within = rng.random() < MOSTLY
        path.write_bytes(damaged_within(sound, rng) if is_within else damaged(sound, rng))
        wishes = {wish: rng.random() < 0.5 for wish in ("skip_unsupported", "is_everybody")}
        return run(path, dry_run=True, **wishes)

    return feed


def _table_feeder(name: str, run: Callable[..., Any]) -> Callable[[Path, Random], Any]:
    """The questions of the portal, as they are taken out; of a workbook mostly one part is broken.

    Few workbooks with damage anywhere can be unpacked, so that nothing within them would be tried.
    """
    from quizzes.exports import exported_questions, questions_file  # noqa: PLC0415
    from quizzes.importers.questions.formats import format_named  # noqa: PLC0415

    format_ = format_named(name)
    if format_ is None:
        raise LookupError(name)
    sound = questions_file(exported_questions(), format_)

    def feed(folder: Path, rng: Random) -> Any:
        path = folder / f"questions{format_.suffix}"
        is_packed = format_.is_packed and rng.random() < MOSTLY
        path.write_bytes(damaged_within(sound, rng) if is_packed else damaged(sound, rng))
        return run(path, dry_run=True, skip_unsupported=rng.random() < 0.5)

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
