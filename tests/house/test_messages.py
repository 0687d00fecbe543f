"""Every word of the interface can be translated, and one command finds it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (
    "portal",
    "strategy",
    "customers",
    "departments",
    "quizzes",
    "knowledge",
    "templates",
    "manage.py",
)

DJANGO = re.compile(
    r"{% (blocktranslate|comment|block main_class)\b.*?{% end\w+( main_class)? %}"
    r"|{#.*?#}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>|&\w+;", re.DOTALL)
ATTRIBUTES = re.compile(r'\s(?:aria-label|title|placeholder|alt)="([^"{]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")


def extract(folder: Path, *languages: str, **environment: str) -> subprocess.CompletedProcess[str]:
    for name in SOURCES:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return subprocess.run(
        [sys.executable, "manage.py", "extract_messages", *languages],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(folder / "var")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.once
@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext isn't installed here")
def test_one_command_finds_the_strings_of_templates_and_code(tmp_path: Path) -> None:
    done = extract(tmp_path, "fr")
    assert done.returncode == 0, done.stderr
    found = (tmp_path / "locale/fr/LC_MESSAGES/django.po").read_text()

    in_template, in_code, in_a_pure_rule = "Skip to main content", "work e-mail", "Briefs"
    for words in (in_template, in_code, in_a_pure_rule):
        assert f'msgid "{words}"' in found
    assert "portal/navigation.py" in found
    assert "tests/" not in found


@pytest.mark.once
def test_without_gettext_the_command_says_how_to_get_it(tmp_path: Path) -> None:
    done = extract(tmp_path, "fr", PATH=str(tmp_path))

    assert done.returncode != 0
    assert "install the package “gettext”" in done.stderr


def untranslated(template: str) -> list[str]:
    written = DJANGO.sub(" ", template)
    labels = " ".join(ATTRIBUTES.findall(written))
    return sorted(set(WORD.findall(f"{MARKUP.sub(' ', written)} {labels}")))


def test_no_template_speaks_one_language_only() -> None:
    speaking: dict[str, list[str]] = {}
    for template in sorted((ROOT / "templates").rglob("*.*")):
        name = str(template.relative_to(ROOT))
        words = untranslated(template.read_text())
        speaking |= {name: words} if words else {}
    assert speaking == {}


def test_words_between_tags_and_in_labels_are_noticed() -> None:
    template = '<p class="lead" title="Hidden words">Plain {{ name }} {% translate "Fine" %}</p>'

    assert untranslated(template) == ["Hidden", "Plain", "words"]
