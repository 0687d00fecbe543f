"""Files speak of the organisation's own pages: translations stay where they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.blocks import fact_choices
from knowledge.exports import export_content
from knowledge.importers.content import import_content
from knowledge.models import BriefPage, Fact, KnowledgePage, ModulePage, PromisePage
from portal.models import User
from tests.importing import example_files
from tests.knowledge.translating import in_french, two_languages
from tests.prepared import prepared_portal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _languages() -> Iterator[None]:
    with two_languages():
        yield


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The examples, brought in, and every page of them translated."""
    files = example_files(tmp_path)
    prepared_portal()
    for email in ("esme.hale@wrenfield.example", "ada.fernsby@wrenfield.example"):
        User.objects.create(email=email)
    import_content(files / "content")
    for model in (PromisePage, BriefPage, ModulePage):
        for page in model.objects.all():
            in_french(page, title="En français")
    return files / "content"


def titles(model: type[KnowledgePage]) -> set[str]:
    return set(model.objects.filter(locale__language_code="fr").values_list("title", flat=True))


def test_what_is_taken_out_holds_each_page_once_in_the_organisations_words(
    content: Path, tmp_path: Path
) -> None:
    exported = export_content(tmp_path / "out")

    assert len(exported.files) == len(set(exported.files))
    texts = [path.read_text() for path in (tmp_path / "out").rglob("*.md")]
    assert texts
    assert not any("En français" in text for text in texts)


def test_what_is_brought_in_again_leaves_translations_alone(content: Path) -> None:
    keys = set(Fact.objects.values_list("key", flat=True))

    report = import_content(content)

    assert report.tally.unchanged == len(report.entries)
    assert set(Fact.objects.values_list("key", flat=True)) == keys
    for model in (PromisePage, BriefPage, ModulePage):
        assert titles(model) == {"En français"}


def test_a_promises_place_is_found_among_the_organisations_own(content: Path) -> None:
    file = content / "promises" / "one-price.md"
    text = file.read_text()
    file.with_name("quiet.md").write_text(text.replace("one-price", "quiet"))
    file.write_text(text.replace("position: 1", "position: 2"))

    import_content(content)

    own = PromisePage.objects.in_source_language().order_by("path")
    assert [page.slug for page in own] == ["quiet", "one-price"]


def test_a_lesson_is_offered_each_fact_once(content: Path) -> None:
    offered = [key for _brief, choices in fact_choices() for key, _name in choices]
    own = Fact.objects.filter(brief__in=BriefPage.objects.in_source_language())

    assert sorted(offered) == sorted(own.values_list("key", flat=True))
