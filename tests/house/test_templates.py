import re
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
FILES = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
PAGES = [path for path in FILES if path.suffix == ".html"]
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
COMMENT = re.compile(r"\{#.*#\}|\{% comment\b")
INCLUDED = re.compile(r"""\{%\s*include\s+["']components/([^"']+)["']([^%]*)%\}""")
IN_PYTHON = re.compile(r"""["']components/([\w/]+\.html)["']""")
UNTRUSTED = re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off")
# The strict content policy stops both, so they would only look as if they worked.
INLINE = re.compile(r"<[^>]*\s(style|on[a-z]+)\s*=", re.IGNORECASE)


def name_of(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


every_file = pytest.mark.parametrize("template", FILES, ids=name_of)
every_page = pytest.mark.parametrize("template", PAGES, ids=name_of)
every_component = pytest.mark.parametrize("template", COMPONENTS, ids=name_of)


@every_file
def test_a_template_compiles(template: Path) -> None:
    engines["django"].get_template(name_of(template))


@every_page
def test_a_template_trusts_nobodys_words(template: Path) -> None:
    assert not UNTRUSTED.search(template.read_text())


@every_page
def test_a_template_carries_no_style_and_no_script_of_its_own(template: Path) -> None:
    assert not INLINE.search(template.read_text())


@every_page
def test_a_component_is_given_only_what_it_names(template: Path) -> None:
    included = INCLUDED.findall(template.read_text())
    assert [name for name, given in included if given.split()[-1:] != ["only"]] == []


@every_component
def test_a_component_begins_by_saying_what_it_wants(template: Path) -> None:
    assert COMMENT.match(template.read_text())


@every_component
def test_a_component_is_used(template: Path) -> None:
    assert template.name in components_in_use()


def components_in_use() -> set[str]:
    in_templates = {name for page in PAGES for name, _given in INCLUDED.findall(page.read_text())}
    tags = ROOT.glob("*/templatetags/*.py")
    return in_templates | {name for tag in tags for name in IN_PYTHON.findall(tag.read_text())}
