"""Whatever happens to a file on its way, it comes in or is refused: nothing else."""

import contextlib
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.importers.content import import_content
from knowledge.importers.reporting import ImportRefused
from tests.importing import EXAMPLES

LONGEST = 2.0
ROUNDS = 12
PIECES = [
    *(b"---\n", b"kind: ", b"[fact: ", b"```call\n", b"![](", b"{{", b"{%", b"<script>", b"|-|\n"),
    *(b"\x00", b"\xff\xfe", b"\xf0\x9f", b"\r", b"- *a\n", b"&x ", b"\xe2\x80\xa8", b"<" * 400),
]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


def mutated(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randrange(len(data) + 1) for _side in range(2))
    match rng.randrange(5):
        case 0:
            return data[:start]
        case 1:
            return data[:start] + data[end:]
        case 2:
            return data[:start] + rng.choice(PIECES) * rng.choice([1, 1, 50]) + data[start:]
        case 3:
            return data[:start] + rng.randbytes(4) + data[start + 4 :]
    return data[start:] + data[:start]


def mutations(seed: int) -> Iterator[tuple[str, bytes]]:
    rng = random.Random(seed)
    files = sorted(path for path in (EXAMPLES / "content").rglob("*") if path.is_file())
    for _round in range(ROUNDS):
        file = rng.choice(files)
        yield file.relative_to(EXAMPLES).as_posix(), mutated(file.read_bytes(), rng)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("is_ours", [True, False])
def test_a_mutated_file_comes_in_or_is_refused(tmp_path: Path, seed: int, is_ours: bool) -> None:
    for name, data in mutations(seed):
        folder = tmp_path / "content"
        shutil.rmtree(folder, ignore_errors=True)
        if is_ours:
            shutil.copytree(EXAMPLES / "content", folder)
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data if is_ours else data.replace(b"kind:", b"kin:"))
        start = time.perf_counter()
        with contextlib.suppress(ImportRefused):
            import_content(folder, dry_run=True, skip_unsupported=seed % 2 == 0)
        assert time.perf_counter() - start < LONGEST
