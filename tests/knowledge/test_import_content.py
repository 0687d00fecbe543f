import io
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image
from wagtail.models import Page

from knowledge.importers.content import import_content
from knowledge.importers.content.bounds import MOST_OF_A_SIGN
from knowledge.importers.reporting import ImportRefused, Tally, describe
from knowledge.models import BriefPage, Fact, LessonPage, ModulePage, PortalImage
from portal.models import User
from tests.drafting import let_out
from tests.importing import demo_files, example_files, import_all, replace, unchanged, write
from tests.prepared import prepared_portal

BRIEF = Path("content/briefs/price-promise.md")
MODULE = Path("content/modules/price-promise")
LESSON = MODULE / "1-two-years.md"

pytestmark = pytest.mark.django_db


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    files = example_files(tmp_path)
    prepared_portal()
    for email in ("esme.hale@wrenfield.example", "ada.fernsby@wrenfield.example"):
        User.objects.create(email=email)
    return files


def refused(folder: Path) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        import_content(folder)
    return [describe(fault) for fault in refusal.value.faults]


def lesson_bodies(slug: str) -> list[tuple[str, object]]:
    body = LessonPage.objects.get(slug=slug).body.get_prep_value()
    return [(block["type"], block["value"]) for block in body]


def test_the_examples_come_in_and_are_published(examples: Path) -> None:
    report = import_content(examples / "content")
    assert report.tally == Tally(new=5)
    assert LessonPage.objects.filter(live=True).count() == 2
    assert ModulePage.objects.get().brief == BriefPage.objects.get()
    assert BriefPage.objects.get().live_revision is not None


def test_the_demo_comes_in_whole_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    files = demo_files(tmp_path)
    first, second = import_all(files), import_all(files)
    for once, again in zip(first, second, strict=True):
        assert once.tally == Tally(new=len(once.entries), skipped=once.tally.skipped)
        assert again.tally == Tally(unchanged=once.tally.new, skipped=once.tally.skipped)


def test_a_second_run_writes_no_version(examples: Path) -> None:
    import_content(examples / "content")
    before = {page.pk: page.latest_revision_id for page in LessonPage.objects.all()}
    assert import_content(examples / "content").tally == unchanged(5)
    assert {page.pk: page.latest_revision_id for page in LessonPage.objects.all()} == before


def test_a_dry_run_writes_nothing(examples: Path) -> None:
    assert import_content(examples / "content", dry_run=True).tally == Tally(new=5)
    assert not BriefPage.objects.exists()
    assert not PortalImage.objects.exists()


def test_a_lesson_of_signs_alone_is_refused_with_what_to_do(examples: Path) -> None:
    lesson = examples / "content/modules/price-promise/1-two-years.md"
    lesson.write_text(lesson.read_text(encoding="utf-8") + "[" * (MOST_OF_A_SIGN + 1), "utf-8")
    (fault,) = refused(examples / "content")
    assert fault.endswith("Split the file into smaller ones.")


def test_a_lesson_is_made_of_prose_facts_pictures_and_calls(examples: Path) -> None:
    import_content(examples / "content")
    kinds = [kind for kind, _value in lesson_bodies("two-years")]
    assert kinds == ["prose", "fact", "picture", "prose", "call"]


def test_neighbouring_paragraphs_and_lists_are_one_block_of_prose(examples: Path) -> None:
    import_content(examples / "content")
    kind, html = lesson_bodies("what-it-covers")[0]
    assert kind == "prose"
    assert html == (
        "<h2>Two things are covered</h2><ul><li>the monthly price</li><li>the router</li></ul>"
    )


def test_html_is_taken_out_but_for_what_editors_can_write(examples: Path) -> None:
    write(
        examples,
        str(LESSON),
        "---\nkind: lesson\nslug: two-years\ntitle: T\none_breath: O\n---\n"
        "Hello <script>alert(1)</script><b onclick='x()'>you</b> "
        "[bad](javascript:alert(1)) <a href='javascript:alert(2)'>worse</a>\n",
    )
    import_content(examples / "content")
    _kind, html = lesson_bodies("two-years")[0]
    assert "<b>you</b>" in str(html)
    assert not [sign for sign in ("script>", "onclick", 'href="javascript') if sign in str(html)]


@pytest.mark.parametrize(
    ("model", "file", "old"),
    [
        (BriefPage, BRIEF, "one_breath: "),
        (ModulePage, MODULE / "module.md", "title: "),
        (LessonPage, LESSON, "one_breath: "),
    ],
)
def test_a_page_that_an_editor_unpublished_stays_so(
    examples: Path, model: type[Page], file: Path, old: str
) -> None:
    import_content(examples / "content")
    page = model.objects.order_by("path")[0]
    page.unpublish()
    replace(examples / file, old, f"{old}New ")
    report = import_content(examples / "content")
    assert report.tally == Tally(changed=1, unchanged=4)
    (note,) = (entry.note for entry in report.entries if entry.note)
    assert note.startswith("It stays unpublished.")
    changed = model.objects.get(pk=page.pk)
    assert not changed.live
    assert changed.latest_revision_id != page.latest_revision_id
    assert "New" in str(changed.latest_revision.content)
    assert import_content(examples / "content").tally == unchanged(5)


def test_a_picture_that_is_there_already_is_used_again(examples: Path) -> None:
    import_content(examples / "content")
    replace(examples / LESSON, "title: Two years, one price", "title: Another title")
    assert import_content(examples / "content").tally == Tally(changed=1, unchanged=4)
    assert PortalImage.objects.count() == 1


def test_a_changed_picture_makes_a_new_version(examples: Path) -> None:
    import_content(examples / "content")
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "#0b5c5e").save(picture, "PNG")
    (examples / MODULE / "two-years.png").write_bytes(picture.getvalue())
    assert import_content(examples / "content").tally == Tally(changed=1, unchanged=4)


def test_an_editor_who_saves_without_a_change_is_no_difference(examples: Path) -> None:
    import_content(examples / "content")
    lesson = LessonPage.objects.get(slug="two-years")
    raw = lesson.body.get_prep_value()
    raw[0]["value"] = raw[0]["value"].replace("<p>", '<p data-block-key="ab1cd">')
    lesson.body = raw
    lesson.save_revision().publish()
    assert import_content(examples / "content").tally == unchanged(5)


def test_a_changed_fact_keeps_its_row(examples: Path) -> None:
    import_content(examples / "content")
    before = Fact.objects.get(key="price-promise-length").pk
    replace(examples / BRIEF, "holds for twenty-four months", "holds for two years")
    import_content(examples / "content")
    let_out(BriefPage.objects.get())
    assert import_content(examples / "content").tally == Tally(changed=1, unchanged=4)
    fact = Fact.objects.get(key="price-promise-length")
    assert (fact.pk, fact.statement) == (before, "The monthly price holds for two years.")


def test_a_changed_owner_is_kept(examples: Path) -> None:
    import_content(examples / "content")
    replace(examples / BRIEF, "owner: ada.fernsby", "owner: esme.hale")
    import_content(examples / "content")
    owner = BriefPage.objects.get().owner
    assert owner is not None
    assert owner.email == "esme.hale@wrenfield.example"


def test_a_fact_that_a_lesson_shows_cannot_be_left_out(examples: Path) -> None:
    import_content(examples / "content")
    text = (examples / BRIEF).read_text(encoding="utf-8")
    start, end = text.index("  - key: price-promise-move"), text.index("---\n##")
    write(examples, str(BRIEF), text[:start] + text[end:])
    faults = refused(examples / "content")
    assert any("“price-promise-move” is left out, but it is used in" in fault for fault in faults)
    assert Fact.objects.count() == 3


def test_a_fact_that_nothing_uses_can_be_left_out(examples: Path) -> None:
    text = (examples / BRIEF).read_text(encoding="utf-8")
    more = '  - key: spare\n    kind: claim\n    title: Spare\n    statement: "Spare."\n---\n##'
    write(examples, str(BRIEF), text.replace("---\n##", more, 1))
    import_content(examples / "content")
    write(examples, str(BRIEF), text)
    import_content(examples / "content")
    let_out(BriefPage.objects.get())
    import_content(examples / "content")
    assert not Fact.objects.filter(key="spare").exists()


def test_lessons_follow_the_order_of_their_file_names(examples: Path) -> None:
    import_content(examples / "content")
    (examples / MODULE / "2-what-it-covers.md").rename(examples / MODULE / "0-what-it-covers.md")
    assert import_content(examples / "content").tally == Tally(changed=1, unchanged=5)
    slugs = [lesson.slug for lesson in LessonPage.objects.order_by("path")]
    assert slugs == ["what-it-covers", "two-years"]
    assert import_content(examples / "content").tally == unchanged(5)


def test_the_tenth_lesson_follows_the_second(examples: Path) -> None:
    (examples / LESSON).rename(examples / MODULE / "10-two-years.md")
    import_content(examples / "content")
    slugs = [lesson.slug for lesson in LessonPage.objects.order_by("path")]
    assert slugs == ["what-it-covers", "two-years"]


def test_a_fault_in_one_file_keeps_all_others_out(examples: Path) -> None:
    replace(examples / LESSON, "[fact: price-promise-length]", "[fact: price-promise-lenght]")
    (fault,) = refused(examples / "content")
    assert fault.startswith(
        "modules/price-promise/1-two-years.md, line 10: There is no fact “price-"
    )
    assert fault.endswith("Write the key of a fact in one of the briefs.")
    assert not BriefPage.objects.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (BRIEF, "kind: price\n", "kind: cost\n", "briefs/price-promise.md, line 32: "),
        (BRIEF, "owner: ada", "owner: nobody", "line 10: Nobody has the e-mail “nobody."),
        (BRIEF, "slug: price-promise", "slog: price-promise", "line 3: “slog” isn't known here."),
        (BRIEF, 'say:\n  - "That', "say:\n  - *x", "line 15: The front matter isn't YAML"),
        (BRIEF, "version: 1", "version: one", "line 5: “version” doesn't hold what it should."),
        (BRIEF, "## What", "Hello\n\n## What", "A brief's text begins with a question."),
        (MODULE / "module.md", "brief: price-", "brief: prize-", "There is no brief “prize-"),
        (MODULE / "module.md", "kind: module", "kind: modul", "line 2: “kind” doesn't say"),
        (LESSON, "Two years, one price", "", "line 4: “title” is missing. Write it."),
        (LESSON, "two-years.png", "other.png", "other.png: The file can't be read"),
        (LESSON, "two-years.png", "../two-years.png", "is not the name of a file"),
        (LESSON, "![A line", "Look: ![A line", "A picture doesn't stand alone here."),
        (LESSON, "[fact: price", "See [fact: price", "A fact doesn't stand alone here."),
        (LESSON, "Customer: Will", "Will", "line 17: Nothing says who speaks here."),
        (LESSON, "```call", "```python", "line 16: Code has no place in this text."),
        (LESSON, "on your first bill is", "w " * 25, "line 6: “one_breath” can't stay as it is."),
        (LESSON, "slug: two-years", "slug: what-it-covers", "is the slug of modules/price-"),
        (LESSON, "slug: two-years", "slug: quiz", "line 3: “slug” can't stay as it is."),
    ],
)
def test_a_fault_names_its_line(examples: Path, file: Path, old: str, new: str, told: str) -> None:
    replace(examples / file, old, new)
    assert any(told in fault for fault in refused(examples / "content"))
    assert not ModulePage.objects.exists()


def test_a_picture_without_a_description_is_refused(examples: Path) -> None:
    write(
        examples,
        str(LESSON),
        "---\nkind: lesson\nslug: two-years\ntitle: T\none_breath: O\n---\n![](two-years.png)\n",
    )
    assert "The picture has no description." in refused(examples / "content")[0]


@pytest.mark.parametrize("data", [b"", b"\x89PNG broken", b"<p>Two years</p>"])
def test_what_is_no_picture_is_refused(examples: Path, data: bytes) -> None:
    (examples / MODULE / "two-years.png").write_bytes(data)
    assert "two-years.png: This isn't a picture" in refused(examples / "content")[0]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"---\n", b"---\n[[[[\n---\n", b"\x00"])
def test_a_file_that_is_no_text_is_a_fault_and_no_crash(examples: Path, data: bytes) -> None:
    (examples / LESSON).write_bytes(data)
    assert any("1-two-years.md" in fault for fault in refused(examples / "content"))


@pytest.mark.parametrize("name", ["missing", "content/briefs/price-promise.md", "content/\0"])
def test_a_folder_that_is_not_there_is_a_fault_and_no_crash(examples: Path, name: str) -> None:
    assert "There is no folder of this name" in refused(examples / name)[0]


def test_without_a_tree_the_remedy_is_named(tmp_path: Path) -> None:
    faults = refused(example_files(tmp_path) / "content")
    assert any("Run “make manage ARGS=prepare_portal” first." in fault for fault in faults)


def test_pictures_are_not_left_behind_by_an_import_that_breaks(
    examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_args: object, **_kwargs: object) -> None:
        saved.extend(Path(image.file.path) for image in PortalImage.objects.all())
        raise KeyboardInterrupt

    saved: list[Path] = []
    monkeypatch.setattr(LessonPage, "save_revision", break_off)
    with pytest.raises(KeyboardInterrupt):
        import_content(examples / "content")
    assert saved
    assert not saved[0].exists()
    assert not BriefPage.objects.exists()


def test_files_that_nothing_uses_are_skipped_and_named(examples: Path) -> None:
    write(examples, "content/README.md", "Read me.")
    write(examples, "content/.hidden", "x")
    report = import_content(examples / "content")
    assert report.tally == Tally(new=5, skipped=1)


def test_the_command_ends_with_the_line_that_counts(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_content", str(examples / "content"))
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "5 pages: 5 new, 0 changed, 0 unchanged, 0 skipped, 0 refused."


def test_the_command_names_faults_and_ends_with_exit_code_1(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(examples / LESSON, "kind: lesson", "kind: song")
    with pytest.raises(SystemExit) as stopped:
        call_command("import_content", str(examples / "content"))
    told = capsys.readouterr()
    assert stopped.value.code == 1
    assert told.err.startswith("modules/price-promise/1-two-years.md, line 2: “kind”")
    assert (
        told.out.splitlines()[-1] == "5 pages: 4 new, 0 changed, 0 unchanged, 0 skipped, 1 refused."
    )


def test_a_file_that_changes_what_colleagues_proved_is_kept_as_a_draft(examples: Path) -> None:
    import_content(examples / "content")
    replace(examples / BRIEF, "holds for twenty-four months", "holds for two years")
    report = import_content(examples / "content")
    assert report.tally == Tally(changed=1, unchanged=4)
    (entry,) = [entry for entry in report.entries if "fact that colleagues" in entry.note]
    assert entry.note == (
        "Saved as a draft: it changes 1 fact that colleagues have proved. "
        "Say in the editor what it changes."
    )
    draft = BriefPage.objects.get().get_latest_revision_as_object()
    said = {fact.key: fact.statement for fact in draft.facts.all()}
    assert said["price-promise-length"] == "The monthly price holds for two years."
    live = Fact.objects.get(key="price-promise-length").statement
    assert live == "The monthly price holds for twenty-four months."


def test_a_held_draft_that_comes_in_twice_is_one_draft(examples: Path) -> None:
    import_content(examples / "content")
    replace(examples / BRIEF, "holds for twenty-four months", "holds for two years")
    import_content(examples / "content")
    before = BriefPage.objects.get().latest_revision_id
    assert import_content(examples / "content").tally == unchanged(5)
    assert BriefPage.objects.get().latest_revision_id == before
