from pathlib import Path

import pytest
from django.core.management import call_command

from departments.importers.chains import import_chains
from departments.importers.people import import_people
from departments.models import Link
from knowledge.importers.content import import_content
from knowledge.importers.reporting import ImportRefused, Tally, describe
from knowledge.models import PromisePage
from tests.factories import DepartmentFactory, PromiseFactory
from tests.importing import EXAMPLES, example_files, replace, unchanged, write
from tests.prepared import prepared_portal

HEADER = "promise,department,part,standard\n"
FULL = "promise,department,part,standard,influence,share,at_least\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def chains(tmp_path: Path) -> Path:
    files = example_files(tmp_path)
    prepared_portal()
    import_people(EXAMPLES / "people.csv")
    import_content(files / "content")
    import_chains(files / "chains.csv")
    return files / "chains.csv"


def chain() -> list[tuple[str, str]]:
    links = Link.objects.filter(promise__slug="one-price").order_by("sort_order")
    return [(link.department.name, link.part) for link in links.select_related("department")]


def test_the_rows_are_the_chain_in_their_order(chains: Path) -> None:
    assert [department for department, _part in chain()] == ["Marketing", "Customer Care"]


def test_the_chain_is_published_with_its_promise(chains: Path) -> None:
    promise = PromisePage.objects.get()
    assert promise.live_revision is not None
    assert len(promise.live_revision.content["links"]) == 2
    assert not promise.has_unpublished_changes


def test_a_second_run_changes_nothing(chains: Path) -> None:
    version = PromisePage.objects.get().latest_revision_id
    assert import_chains(chains).tally == unchanged(2)
    assert PromisePage.objects.get().latest_revision_id == version


def test_a_changed_part_keeps_its_link(chains: Path) -> None:
    before = list(Link.objects.values_list("pk", "key"))
    replace(chains, "Read the price back", "Read it back")
    assert import_chains(chains).tally == Tally(changed=1, unchanged=1)
    assert list(Link.objects.values_list("pk", "key")) == before
    assert chain()[1][1] == "Read it back before the order is placed."


def test_a_new_order_keeps_the_links(chains: Path) -> None:
    keys = set(Link.objects.values_list("key", flat=True))
    head, first, second = chains.read_text(encoding="utf-8").splitlines()
    write(chains.parent, chains.name, f"{head}\n{second}\n{first}")
    assert import_chains(chains).tally == Tally(changed=2)
    assert [department for department, _part in chain()] == ["Customer Care", "Marketing"]
    assert set(Link.objects.values_list("key", flat=True)) == keys


def test_a_link_that_is_no_longer_in_the_file_is_taken_out_and_named(chains: Path) -> None:
    lines = chains.read_text(encoding="utf-8").splitlines()
    write(chains.parent, chains.name, "\n".join(lines[:2]))
    report = import_chains(chains)
    assert [entry.note for entry in report.entries] == ["", "Taken out of the chain."]
    assert [department for department, _part in chain()] == ["Marketing"]


def test_a_promise_that_the_file_does_not_name_keeps_its_chain(chains: Path) -> None:
    other = PromiseFactory(departments=[DepartmentFactory()])
    import_chains(chains)
    assert Link.objects.filter(promise=other).count() == 1


def test_two_links_of_one_department_are_told_apart_by_their_part(chains: Path) -> None:
    text = chains.read_text(encoding="utf-8")
    path = write(chains.parent, chains.name, f"{text}one-price,Wrenfield/Marketing,Write it.,,,,\n")
    assert import_chains(path).tally == Tally(new=1, unchanged=2)
    assert import_chains(path).tally == unchanged(3)


def terms() -> list[tuple[str, int, int | None]]:
    links = Link.objects.filter(promise__slug="one-price").order_by("sort_order")
    return list(links.values_list("influence", "share", "at_least"))


def test_a_link_says_how_much_rests_on_it_and_how_many_must_be_ready(chains: Path) -> None:
    assert terms() == [("helps", 80, None), ("decides", 90, 2)]


def test_a_file_without_these_columns_leaves_them_as_they_are(chains: Path) -> None:
    lines = [line.split(",") for line in chains.read_text(encoding="utf-8").splitlines()]
    narrow = "\n".join(",".join(cells[:-3]) for cells in lines)
    assert import_chains(write(chains.parent, "narrow.csv", narrow)).tally == unchanged(2)
    assert terms()[1] == ("decides", 90, 2)


def test_an_empty_cell_is_what_is_usual(chains: Path) -> None:
    replace(chains, ",decides,90,2", ",,,")
    assert import_chains(chains).tally == Tally(changed=1, unchanged=1)
    assert terms()[1] == ("helps", 80, None)


def test_a_share_may_have_its_sign(chains: Path) -> None:
    replace(chains, ",decides,90,2", ",Decides,75 %,3")
    import_chains(chains)
    assert terms()[1] == ("decides", 75, 3)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("most,80,", "“influence” is none that is known: “most”. Write decides, helps, supports,"),
        ("helps,many,", "“share” is no number: “many”. Write a whole number from 1 on,"),
        ("helps,101,", "“share” can't stay as it is."),
        ("helps,0,", "“share” is no number: “0”."),
        ("helps,80,1.5", "“at_least” is no number: “1.5”."),
    ],
)
def test_what_a_link_cannot_ask_for_is_refused(chains: Path, cells: str, told: str) -> None:
    row = f"one-price,Wrenfield/Marketing,Say it.,,{cells}\n"
    with pytest.raises(ImportRefused) as refusal:
        import_chains(write(chains.parent, "more.csv", f"{FULL}{row}"))
    assert [told in describe(fault) for fault in refusal.value.faults] == [True]
    assert terms()[1] == ("decides", 90, 2)


def test_what_is_exported_comes_in_unchanged(chains: Path) -> None:
    link = Link.objects.order_by("sort_order")[0]
    Link.objects.filter(pk=link.pk).update(part='=Say  "two", then wait;', standard="'-1")
    PromisePage.objects.get().save_revision().publish()
    call_command("export_chains", str(chains.parent / "out.csv"))
    assert import_chains(chains.parent / "out.csv").tally == unchanged(2)


def test_the_command_counts_links(chains: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(chains, "Read the price back", "Read it back")
    call_command("import_chains", str(chains), "--dry-run")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "changed  One price: Wrenfield/Customer Care  a link"
    assert told[-1] == "2 links: 0 new, 1 changed, 1 unchanged, 0 skipped, 0 refused."
    assert "Read the price back" in chain()[1][1]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("one-prize,Wrenfield,Do it.,", "There is no promise “one-prize”. Did you mean one-price?"),
        ("zz,Wrenfield,Do it.,", "Write the last part of its address"),
        ("one-price,Wrenfield/Nowhere,Do it.,", "There is no department “Wrenfield/Nowhere”."),
        ("one-price,Wrenfield,,", "“part” can't stay as it is."),
        (f"one-price,Wrenfield,{'x' * 241},", "“part” can't stay as it is. Ensure this value"),
        (f"one-price,Wrenfield,Do it.,{'x' * 161}", "“standard” can't stay as it is."),
    ],
)
def test_a_fault_names_its_line_and_writes_nothing(chains: Path, row: str, told: str) -> None:
    before = chain()
    path = write(chains.parent, "more.csv", f"{HEADER}{row}\n")
    with pytest.raises(ImportRefused) as refusal:
        import_chains(path)
    fault = describe(refusal.value.faults[0])
    assert fault.startswith("more.csv, line 2: ")
    assert told in fault
    assert chain() == before


def test_a_promise_with_unpublished_changes_is_a_fault(chains: Path) -> None:
    PromisePage.objects.get().save_revision()
    PromisePage.objects.update(has_unpublished_changes=True)
    with pytest.raises(ImportRefused) as refusal:
        import_chains(chains)
    assert "Publish or discard them first" in describe(refusal.value.faults[0])


def test_a_promise_that_is_not_published_is_a_fault(chains: Path) -> None:
    PromisePage.objects.get().unpublish()
    with pytest.raises(ImportRefused):
        import_chains(chains)
