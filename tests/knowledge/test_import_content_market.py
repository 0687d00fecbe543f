"""Products, segments, channels and the days of a brief, brought in and taken out again."""

from pathlib import Path

import pytest

from knowledge.exports import export_content
from knowledge.importers.content import import_content
from knowledge.importers.reporting import ImportRefused, Outcome, describe
from knowledge.models import BriefPage, Channel, LessonPage, ModulePage, Product, Segment
from portal.models import User
from tests.importing import example_files, replace, unchanged, write
from tests.prepared import prepared_portal

pytestmark = pytest.mark.django_db

BRIEF = "content/briefs/price-promise.md"
PRODUCT = '  name: Price promise\n  state: live\n  description: "One price for two years."\n'


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    files = example_files(tmp_path)
    prepared_portal()
    for email in ("esme.hale@wrenfield.example", "ada.fernsby@wrenfield.example"):
        User.objects.create(email=email)
    return files


def refused(folder: Path) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        import_content(folder / "content")
    return [describe(fault) for fault in refusal.value.faults]


def add(folder: Path, lines: str) -> None:
    replace(folder / BRIEF, "version: 1\n", f"version: 1\n{lines}")


def other_brief(folder: Path, slug: str, lines: str) -> None:
    head = f"---\nkind: brief\nslug: {slug}\ntitle: {slug}\none_breath: O\nright_for: R\n"
    write(
        folder, f"content/briefs/{slug}.md", f"{head}not_right_for: N\nexpectation: E\n{lines}---\n"
    )


def brief(slug: str = "price-promise") -> BriefPage:
    page: BriefPage = BriefPage.objects.get(slug=slug)
    return page


def test_a_brief_brings_its_product_its_messages_and_its_channels(examples: Path) -> None:
    import_content(examples / "content")

    page = brief()
    assert page.product == Product.objects.get(name="Price promise", state="live")
    messages = [(line.segment.name, line.message) for line in page.segment_messages.all()]
    assert messages == [("People who plan", "You know today what you'll pay in two years.")]
    assert set(page.channels.all()) == set(Channel.objects.all())
    assert Channel.objects.get(name="Care phone line").kind == "person"


def test_a_brief_that_is_there_takes_what_is_new_in_its_file(examples: Path) -> None:
    import_content(examples / "content")
    replace(examples / BRIEF, "name: Price promise", "name: Price promise 2")
    replace(examples / BRIEF, "name: People who plan", "name: Movers")
    replace(examples / BRIEF, "name: Website", "name: App")
    add(examples, "replaced_by: second\n")
    other_brief(examples, "second", "")

    import_content(examples / "content")

    page = brief()
    assert str(page.product) == "Price promise 2"
    assert [str(line.segment) for line in page.segment_messages.all()] == ["Movers"]
    assert "App" in {str(channel) for channel in page.channels.all()}
    assert page.replaced_by == brief("second")


def test_the_report_names_what_comes_about_beside_the_brief(examples: Path) -> None:
    report = import_content(examples / "content", dry_run=True)

    notes = " ".join(entry.note for entry in report.entries)
    assert "The product “Price promise” is new. The segment “People who plan” is new." in notes
    assert not Product.objects.exists()


def test_a_bare_name_is_a_product_that_is_there(examples: Path) -> None:
    product = Product.objects.create(name="Price Promise", state="idea", description="Kept.")
    replace(examples / BRIEF, f"product:\n{PRODUCT}", "product: price promise\n")

    import_content(examples / "content")

    assert brief().product == product
    assert Product.objects.get().description == "Kept."


def test_a_bare_name_that_nobody_knows_is_refused_with_its_line(examples: Path) -> None:
    Product.objects.create(name="Price Promise")
    replace(examples / BRIEF, f"product:\n{PRODUCT}", "product: Price Promises\n")

    (fault,) = refused(examples)

    assert "price-promise.md, line 18: There is no product “Price Promises”." in fault
    assert "Did you mean Price Promise?" in fault


def test_where_nothing_is_near_the_remedy_says_how_a_product_is_made(examples: Path) -> None:
    replace(examples / BRIEF, f"product:\n{PRODUCT}", "product: Fibre\n")

    (fault,) = refused(examples)

    assert fault.endswith("To make it, write “name: …” and “state: …” below “product:”.")


def test_what_a_file_tells_of_a_product_changes_it(examples: Path) -> None:
    import_content(examples / "content")
    Product.objects.update(for_whom="people who plan")
    replace(examples / BRIEF, "state: live", "state: retired")

    report = import_content(examples / "content")

    product = Product.objects.get()
    assert (product.state, product.for_whom) == ("retired", "people who plan")
    assert [entry.name for entry in report.entries if entry.outcome is Outcome.CHANGED] == [
        "Price promise (briefs/price-promise.md)"
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("state: live", "state: sold", "line 19: “Price promise”"),
        ("    kind: digital", "    kind: loud", "line 27: “Website”"),
        ("    kind: digital", "    sort: digital", "“sort” isn't known here."),
        ("  - name: Website\n", "  - kind: person\n", "“name” is missing."),
        (f"product:\n{PRODUCT}", "product: [A, B]\n", "Write one product."),
        ("version: 1", "version: 1\nvalid_from: soon", "“valid_from” doesn't hold"),
        ("version: 1", "version: 1\ncarer: nobody@wrenfield.example", "Nobody has the e-mail"),
        ("version: 1", "version: 1\nreplaced_by: nowhere", "There is no brief “nowhere”."),
        ("version: 1", "version: 1\nreplaced_by: price-promise", "this brief replaces itself"),
        (
            "version: 1",
            "version: 1\nvalid_from: 2027-03-02\nvalid_until: 2027-03-01",
            "line 7: “valid_until”",
        ),
    ],
)
def test_a_fault_of_the_market_names_its_line(
    examples: Path, old: str, new: str, told: str
) -> None:
    replace(examples / BRIEF, old, new)

    assert any(told in fault for fault in refused(examples))


def test_two_files_that_tell_a_thing_otherwise_are_refused(examples: Path) -> None:
    other_brief(examples, "second", "product: {name: Price promise, state: idea}\n")

    (fault,) = refused(examples)

    assert "second.md" in fault
    assert "briefs/price-promise.md tells “Price promise” otherwise." in fault


def test_a_name_alone_contradicts_nobody(examples: Path) -> None:
    other_brief(examples, "second", "product: Price promise\nchannels: [Website, Shop]\n")

    import_content(examples / "content")

    assert brief("second").product == brief().product
    assert Channel.objects.count() == 3


def test_a_brief_may_name_one_that_comes_in_beside_it_as_its_replacement(examples: Path) -> None:
    add(examples, "replaced_by: second\n")
    other_brief(examples, "second", "")

    import_content(examples / "content")

    assert brief().replaced_by == brief("second")
    assert import_content(examples / "content").tally == unchanged(6)


def test_briefs_that_replace_each_other_are_refused(examples: Path) -> None:
    add(examples, "replaced_by: second\n")
    other_brief(examples, "second", "replaced_by: price-promise\n")

    assert len(refused(examples)) == 2


def test_all_of_it_comes_out_as_it_came_in(examples: Path, tmp_path: Path) -> None:
    add(
        examples,
        "replaced_by: second\ncarer: esme.hale@wrenfield.example\nverify_days: 90\n"
        "valid_from: 2026-11-01\nvalid_until: 2027-10-31\n",
    )
    other_brief(
        examples,
        "second",
        "product: {name: Second, state: idea, for_whom: you, is_what: more, unlike: less, "
        "because: so}\n",
    )
    import_content(examples / "content")

    export_content(tmp_path / "first")
    assert import_content(tmp_path / "first").tally == unchanged(6)
    for model in (LessonPage, ModulePage, BriefPage):
        for page in model.objects.all():
            page.delete()
    for thing in (Product, Segment, Channel):
        thing.objects.all().delete()
    import_content(tmp_path / "first")
    export_content(tmp_path / "second")

    for name in ("price-promise", "second"):
        out = [
            (tmp_path / place / f"briefs/{name}.md").read_text("utf-8")
            for place in ("first", "second")
        ]
        assert out[0] == out[1]
    page = brief()
    assert (page.carer, page.verify_days) == (User.objects.get(email__startswith="esme"), 90)
    assert page.product == Product.objects.get(name="Price promise")


def test_a_replacement_that_is_not_published_does_not_go_out(
    examples: Path, tmp_path: Path
) -> None:
    add(examples, "replaced_by: second\n")
    other_brief(examples, "second", "")
    import_content(examples / "content")
    brief("second").unpublish()

    export_content(tmp_path / "out")

    assert "second" not in (tmp_path / "out/briefs/price-promise.md").read_text("utf-8")


def test_a_promise_and_a_module_keep_their_keepers(examples: Path, tmp_path: Path) -> None:
    lines = "carer: esme.hale@wrenfield.example\nverify_days: 30\n"
    module = examples / "content/modules/price-promise/module.md"
    replace(
        examples / "content/promises/one-price.md", "kind: promise\n", f"kind: promise\n{lines}"
    )
    replace(
        module, "kind: module\n", f"kind: module\nowner: ada.fernsby@wrenfield.example\n{lines}"
    )
    import_content(examples / "content")

    export_content(tmp_path / "out")

    for name in ("promises/one-price.md", "modules/price-promise/module.md"):
        out = (tmp_path / "out" / name).read_text("utf-8")
        assert 'owner: "ada.fernsby@wrenfield.example"' in out
        assert 'carer: "esme.hale@wrenfield.example"\nverify_days: 30' in out
