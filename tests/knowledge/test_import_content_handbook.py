"""Folders of ordinary Markdown, as other tools have it, become modules of draft lessons."""

import time
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from knowledge.importers.content import import_content
from knowledge.importers.content.bounds import MOST_OF_A_SIGN, SIGNS
from knowledge.importers.reporting import ImportRefused, ImportReport, Outcome, Tally, describe
from knowledge.models import BriefPage, LessonPage, ModulePage
from tests.factories import BriefFactory, LessonFactory, ModuleFactory
from tests.importing import unchanged, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    folder = tmp_path / "staff handbook"
    write(folder, "leave/holidays.md", "# Holidays\n\nAsk your head.")
    write(folder, "leave/2 illness.md", "Ring before nine.")
    return folder


def prose(text: str, folder: Path, name: str = "leave/page.md") -> str:
    """What a page with this text becomes."""
    write(folder, name, text)
    import_content(folder)
    page = LessonPage.objects.get(slug="page")
    return "".join(
        block.value.source if block.block_type == "prose" else f"[{block.block_type}]"
        for block in page.body
    )


def note_of(report: ImportReport, name: str) -> str:
    (note,) = (entry.note for entry in report.entries if entry.file == name)
    return note


def slugs() -> list[str]:
    return list(LessonPage.objects.order_by("path").values_list("slug", flat=True))


def test_each_folder_is_a_draft_module_and_each_page_a_draft_lesson(handbook: Path) -> None:
    report = import_content(handbook)
    assert report.counted == "2 pages"
    assert [entry.kind for entry in report.entries] == [
        "a draft brief",
        "a draft module",
        "a draft lesson",
        "a draft lesson",
    ]
    assert list(LessonPage.objects.order_by("path").values_list("title", "live")) == [
        ("Illness", False),
        ("Holidays", False),
    ]
    assert ModulePage.objects.get().brief.title == "Staff handbook"


def test_a_second_run_changes_nothing(handbook: Path) -> None:
    import_content(handbook)
    assert import_content(handbook).tally == unchanged(3)


def test_pages_go_under_the_brief_that_is_named(handbook: Path) -> None:
    brief = BriefFactory(slug="people")
    import_content(handbook, brief="people")
    assert ModulePage.objects.get().brief == brief
    assert BriefPage.objects.count() == 1


def test_pages_become_lessons_of_the_module_that_is_named(handbook: Path) -> None:
    module = ModuleFactory(slug="rules", title="Our rules")
    write(handbook, "top.md", "Words.")
    import_content(handbook, module="rules")
    assert LessonPage.objects.child_of(module).count() == 3
    assert ModulePage.objects.get().title == "Our rules"


def test_a_brief_that_is_not_there_is_named_with_one_that_is_near(handbook: Path) -> None:
    BriefFactory(slug="people")
    with pytest.raises(ImportRefused) as refusal:
        import_content(handbook, brief="peeple")
    assert "There is no brief “peeple”. Did you mean people?" in str(refusal.value)


def test_a_module_of_another_brief_is_not_touched(handbook: Path) -> None:
    other = ModuleFactory(slug="leave", title="Leave us alone")
    import_content(handbook)
    assert ModulePage.objects.get(slug="leave").title == other.title
    assert LessonPage.objects.child_of(ModulePage.objects.get(slug="leave-2")).count() == 2
    assert import_content(handbook).tally == unchanged(3)


def test_a_lesson_that_an_editor_has_finished_is_published_again(handbook: Path) -> None:
    import_content(handbook)
    lesson = LessonPage.objects.get(slug="holidays")
    lesson.one_breath = "Ask first."
    lesson.save_revision().publish()
    write(handbook, "leave/holidays.md", "# Holidays\n\nAsk your deputy.")
    report = import_content(handbook)
    assert report.tally == Tally(changed=1, unchanged=2)
    changed = LessonPage.objects.get(slug="holidays")
    assert (changed.live, changed.one_breath) == (True, "Ask first.")
    assert "deputy" in changed.body[0].value.source


def test_a_line_that_an_editor_drafted_stays_when_the_page_changes(handbook: Path) -> None:
    import_content(handbook)
    lesson = LessonPage.objects.get(slug="holidays")
    lesson.one_breath = "Ask first."
    lesson.save_revision()
    write(handbook, "leave/holidays.md", "# Holidays\n\nAsk your deputy.")
    import_content(handbook)
    draft = LessonPage.objects.get(slug="holidays").get_latest_revision_as_object()
    assert draft.one_breath == "Ask first."
    assert "deputy" in draft.body[0].value.source


def test_a_short_index_introduces_its_module(handbook: Path) -> None:
    write(handbook, "leave/index.md", "# Time off\n\nWhat you may\nexpect.\n")
    import_content(handbook)
    module = ModulePage.objects.get()
    assert (module.title, module.intro) == ("Time off", "What you may expect.")
    assert slugs() == ["2-illness", "holidays"]


def test_an_index_with_more_than_words_is_the_first_lesson(handbook: Path) -> None:
    write(handbook, "leave/_index.md", "---\ntitle: Time off\n---\n- [x](holidays.md)\n")
    import_content(handbook)
    assert ModulePage.objects.get().title == "Time off"
    assert slugs()[0] == "index"


def test_the_front_matter_of_other_tools_is_used_for_its_title(handbook: Path) -> None:
    text = "---\ntitle: 'A: title'\nlayout: page\ntags: [a, b]\n---\nWords."
    write(handbook, "leave/page.md", text)
    write(handbook, "leave/toml.md", '+++\ntitle = "Another"\nweight = 3\n+++\nWords.')
    report = import_content(handbook)
    assert LessonPage.objects.get(slug="page").title == "A: title"
    assert LessonPage.objects.get(slug="toml").title == "Another"
    assert note_of(report, "leave/page.md").endswith("Not used: layout, tags.")


def test_front_matter_that_cannot_be_read_is_a_fault_with_its_line(handbook: Path) -> None:
    write(handbook, "leave/bad.md", "---\ntitle: a\nfoo: [\n---\nWords.")
    with pytest.raises(ImportRefused) as refusal:
        import_content(handbook)
    assert describe(refusal.value.faults[0]).startswith("leave/bad.md, line 3: The front matter")
    outcomes = {entry.file: entry.outcome for entry in refusal.value.entries}
    assert outcomes["leave/bad.md"] is Outcome.REFUSED
    assert outcomes["leave/holidays.md"] is Outcome.NEW
    assert refusal.value.counted == "3 pages"
    assert not LessonPage.objects.exists()


def test_what_is_refused_can_be_left_out_and_is_named(
    handbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(handbook, "leave/bad.md", "---\ntitle: a\nfoo: [\n---\nWords.")
    call_command("import_content", str(handbook), "--skip-unsupported")
    told = capsys.readouterr().out
    assert "leave/bad.md, line 3: The front matter isn't YAML" in told
    assert told.endswith("3 pages: 4 new, 0 changed, 0 unchanged, 1 skipped, 0 refused.\n")
    assert LessonPage.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("| A | B |\n|---|---|\n| 1 | 2 |", "<ul><li>A: 1<br/>B: 2</li></ul>"),
        ("| A |\n|---|\n| 1 | 2 |", "<ul><li>A: 1<br/>2</li></ul>"),
        (
            "<table><tr><th>A<th>B<tr><td rowspan=2>1<td>2<tr><td>3</table>",
            "<ul><li>A: 1<br/>B: 2</li><li>A: 1<br/>B: 3</li></ul>",
        ),
        ("Hello {{ site.x }}, {% include *a* %}", "<p>Hello {{ site.x }}, {% include *a* %}</p>"),
        ("[a b]({% page '/x' %})", "<p>a b ({% page '/x' %})</p>"),
        ("Dear <name>,", "<p>Dear &lt;name&gt;,</p>"),
        ("A <script> tag\n\nand more", "<p>A &lt;script&gt; tag</p><p>and more</p>"),
        ("<!-- never closed\n\nwords", "<p>&lt;!-- never closed words</p>"),
        ("<script>bad()</script>\n\nwords", "<p>words</p>"),
        ("<p onclick='bad()'>words</p>", "<p>words</p>"),
        ("```python\na = 1\n  b\n```", "<p>a = 1<br/>\u00a0\u00a0b</p>"),
        ("Note.[^1]\n\n[^1]: Foot.", "<p>Note.[1]</p><ol><li>Foot.</li></ol>"),
        ("Term\n: What it is", "<p><b>Term</b></p><p>What it is</p>"),
        ("3. three\n4. four", "<p>3. three</p><p>4. four</p>"),
        ("> words\n> > inside", "<p>words</p><p>inside</p>"),
        ("- a\n  1. b\n- c", "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"),
        ("#### Deep\n\nx<sup>2</sup> <del>no</del>", "<h3>Deep</h3><p>x² ~~no~~</p>"),
        ("[a](#b) [c](nope.md)", "<p>a c (nope.md)</p>"),
        ("[a](//x.example/y)", '<p><a href="https://x.example/y">a</a></p>'),
        ("<iframe src='https://v.example/1'></iframe>", None),
        ("![words](gone.png)", "<p>words</p>"),
        ("![words](https://x.example/a.png)", '<p><a href="https://x.example/a.png">words</a></p>'),
    ],
)
def test_no_word_is_lost(handbook: Path, text: str, shown: str | None) -> None:
    link = '<p><a href="https://v.example/1">https://v.example/1</a></p>'
    assert prose(text, handbook) == (shown or link)


def test_links_between_files_lead_to_the_pages_they_become(handbook: Path) -> None:
    write(handbook, "travel/by train.md", "---\npermalink: /rail/\n---\nWords.")
    text = "[1](holidays.md#x) [2](<../travel/by train.md>) [3](/travel/by%20train) [4](/rail/)"
    found = prose(text, handbook)
    assert found.count('href="/learn/travel/by-train/"') == 3
    assert found.count('href="/learn/leave/holidays/"') == 1


def test_pictures_come_in_whatever_their_names_are(handbook: Path) -> None:
    Image.new("RGB", (8, 8)).save(handbook / "leave" / "Über uns.png")
    text = "Look ![A pier](U%CC%88ber%20uns.png 'At noon') there"
    assert prose(text, handbook) == "<p>Look there</p>[picture]"
    picture = LessonPage.objects.get(slug="page").body[1].value
    assert (picture["alt"], picture["caption"]) == ("A pier", "At noon")


def test_what_changes_its_form_is_told(handbook: Path) -> None:
    Image.new("RGB", (8, 8)).save(handbook / "leave" / "a.png")
    text = (
        "|A|\n|-|\n|1|\n\n![](a.png) ![x](b.png) [a](#b) [c](d.md) {{ e }}\n\n    code\n\n"
        "<svg></svg>" + "word " * 500
    )
    write(handbook, "leave/page.md", text)
    assert note_of(import_content(handbook), "leave/page.md") == (
        "Needs a one-breath line. 510 words; a lesson has 150 to 300. A table became a list. "
        "Code is shown as text. A link within a page became text. A tag of another tool "
        "({{ }} or {% %}) is shown as it stands. A picture needs a description. "
        "Links that lead to no page became text: “d.md”. Picture left out: no file “b.png”. "
        "Left out: “svg”."
    )


def test_odd_names_get_addresses_of_their_own(handbook: Path) -> None:
    for name in ("a b.md", "a-b.MD", "A_B.markdown", "Größe.md", "quiz.md", "日本.md", "日.md"):
        write(handbook, f"leave/{name}", f"Words of {name}.")
    import_content(handbook)
    assert set(slugs()) >= {"a-b", "a-b-2", "a-b-3", "grosse", "quiz-2", "page", "page-2"}
    assert import_content(handbook).tally == unchanged(10)


def test_hidden_files_links_and_what_is_no_page_are_left_alone(handbook: Path) -> None:
    write(handbook, ".git/a.md", "hidden")
    write(handbook, "leave/empty.md", " \n")
    write(handbook, "form.pdf", "x")
    (handbook / "leave" / "link.md").symlink_to("/etc/hostname")
    report = import_content(handbook)
    skipped = {entry.file for entry in report.entries if entry.outcome is Outcome.SKIPPED}
    assert skipped == {"leave/empty.md", "leave/link.md", "form.pdf"}


def test_pages_in_old_code_pages_are_read(handbook: Path) -> None:
    (handbook / "leave" / "page.md").write_bytes("Grüße an alle Straßen".encode("cp1252"))
    import_content(handbook)
    assert "Grüße" in LessonPage.objects.get(slug="page").body[0].value.source


def test_a_zip_of_the_folder_is_the_same(handbook: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "handbook.zip", "w") as archive:
        for path in handbook.rglob("*.md"):
            archive.write(path, path.relative_to(tmp_path))
        archive.writestr("__MACOSX/._x.md", b"\0\1")
    import_content(tmp_path / "handbook.zip")
    assert BriefPage.objects.get().title == "Staff handbook"
    assert import_content(handbook).tally == unchanged(3)


@pytest.mark.parametrize(
    "text",
    ["# Title\n\nSome *words* and [a link](b.md).\n\n" * 20_000, "<div>" * 150_000],
    ids=["words", "nested"],
)
def test_a_file_of_one_megabyte_is_read_in_bearable_time(handbook: Path, text: str) -> None:
    write(handbook, "leave/page.md", text)
    start = time.perf_counter()
    import_content(handbook, dry_run=True)
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("sign", SIGNS)
def test_more_signs_than_anybody_writes_are_refused_at_once(handbook: Path, sign: str) -> None:
    write(handbook, "leave/page.md", f"# Leave\n\n{sign * (MOST_OF_A_SIGN + 1)}")
    with pytest.raises(ImportRefused, match="Split the file into smaller ones") as refusal:
        import_content(handbook, dry_run=True)
    assert [fault.file for fault in refusal.value.faults] == ["leave/page.md"]


def test_a_lesson_of_ours_beside_them_keeps_its_format(handbook: Path) -> None:
    LessonFactory()
    write(handbook, "leave/own.md", "---\nkind: lesson\nslug: own\ntitle: T\none_breath: O\n---\nA")
    with pytest.raises(ImportRefused) as refusal:
        import_content(handbook)
    assert "leave/holidays.md, line 1: The front matter is missing." in str(refusal.value)
