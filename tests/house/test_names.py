import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BANNED = {"core", "common", "utils", "helpers", "services", "managers", "misc", "lib"}
SKIPPED = {".git", ".venv", ".tools", "var", "node_modules"}
CODE = {".py", ".html", ".css", ".js", ".toml", ".md", ".txt", ".in", ".csv", ".gift"}
LOCKS = {"requirements.txt", "requirements-dev.txt"}
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
# A checkout's own place must never be in it: it lies elsewhere on the next machine.
MACHINE = re.compile(r"(?<![\w.:/<>$}-])/(work|home|root|Users)/\w")
REGISTRY = re.compile(r"--(extra-)?index-url|py[p]i\.org/simple|files\.python[h]osted\.org")
TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
TRANSLATED = re.compile(r"""\b_\(\s*((?:f?"[^"]*"\s*)+)""")
# screens.md: what is never said to people, whole words, any case
UNSAID = re.compile(
    r"\b(incompetent|non-compliant|complian(?:ce|t)|course|certificates?|stakeholders?|overdue"
    r"|failed|failing|fail(?:s|ure)?|scores?|weakest|retake)\b",
    re.IGNORECASE,
)
# The page on which somebody signs in promises that nobody sees them.
SAID_ON_PURPOSE = "Never answers, scores or times."
# A promise fails; nobody who has to keep it does.
SAID_OF_A_PROMISE = "People know it and see it fail."


def files() -> list[Path]:
    """What git knows or would take in: neither builds nor data."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        paths = (
            path for path in ROOT.rglob("*") if not SKIPPED & set(path.relative_to(ROOT).parts)
        )
    else:
        paths = (ROOT / line for line in listed.stdout.splitlines())
    return sorted(path for path in paths if path.is_file())


FILES = files()
TEXTS = [path for path in FILES if path.suffix in CODE or path.name == "Makefile"]
TEMPLATES = [path for path in FILES if path.suffix == ".html" and "templates" in path.parts]
ROOMS_CODE = [
    path for path in FILES if path.suffix == ".py" and "tests" not in path.relative_to(ROOT).parts
]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_and_no_room_has_a_name_that_means_nothing() -> None:
    parts = {name_of(path): set(path.relative_to(ROOT).with_suffix("").parts) for path in FILES}
    assert [name for name, words in parts.items() if words & BANNED] == []


def test_nothing_is_left_for_later() -> None:
    assert lines_with(UNFINISHED, [path for path in TEXTS if path.name not in LOCKS]) == []


def test_no_file_knows_on_which_machine_it_lies() -> None:
    assert lines_with(MACHINE, TEXTS) == []


def test_no_file_names_a_package_registry() -> None:
    others = [path for path in TEXTS if path.name not in {"Makefile", Path(__file__).name}]
    assert lines_with(REGISTRY, others) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_page_says_nothing_that_hurts(template: Path) -> None:
    words = TAG.sub(in_tag, template.read_text())
    assert UNSAID.findall(words.replace(SAID_ON_PURPOSE, "")) == []


@pytest.mark.parametrize("code", ROOMS_CODE, ids=name_of)
def test_a_message_says_nothing_that_hurts(code: Path) -> None:
    said = " ".join(TRANSLATED.findall(code.read_text()))
    assert UNSAID.findall(said.replace(SAID_OF_A_PROMISE, "")) == []


def in_tag(found: re.Match[str]) -> str:
    """Of a tag only what a person reads: the words of a `translate` and the labels."""
    tag = found[0]
    said = re.findall(r"""\btranslate\s+(?:"([^"]*)"|'([^']*)')""", tag)
    labels = re.findall(r"""\b(?:aria-label|alt|title|placeholder)="([^"{]*)""", tag)
    return " ".join([*(one or other for one, other in said), *labels])


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
