from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from departments.models import Link
from knowledge.importers.content import import_content
from knowledge.importers.reporting import ImportRefused, Tally, describe
from knowledge.models import BriefPage, Claim, PromisePage
from portal.models import User
from tests.factories import DepartmentFactory, PromiseFactory
from tests.importing import example_files, replace, unchanged, write
from tests.prepared import prepared_portal

BRIEF = Path("content/briefs/price-promise.md")
PROMISE = Path("content/promises/one-price.md")
SOURCE = 'source: "Our own look at ten price lists, October 2026"'
ANOTHER = """---
kind: promise
slug: {slug}
title: Another
sentence: "Another promise."
position: {position}
claims:
  - key: {slug}-kept
    measure: "calls are answered"
    target: 90
---
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files = example_files(tmp_path)
    prepared_portal()
    for email in ("esme.hale@wrenfield.example", "ada.fernsby@wrenfield.example"):
        User.objects.create(email=email)
    return files / "content"


def refused(folder: Path) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        import_content(folder)
    return [describe(fault) for fault in refusal.value.faults]


def order() -> list[str]:
    return list(PromisePage.objects.order_by("path").values_list("slug", flat=True))


def test_a_promise_is_published_with_its_claims_in_order(content: Path) -> None:
    import_content(content)
    promise = PromisePage.objects.get(live=True)
    claims = list(Claim.objects.filter(promise=promise).values_list("key", "target", "comparator"))
    assert claims == [
        ("one-price-kept", Decimal("99.5"), "at-least"),
        ("one-price-answered", Decimal(2), "at-most"),
    ]


def test_a_promise_brings_along_where_it_lands_and_what_others_do(content: Path) -> None:
    import_content(content)
    promise = PromisePage.objects.get(live=True)
    assert promise.lands_at == "Every bill"
    assert promise.customer_gets == "Pays in month twenty-four what the first bill said."
    assert promise.benchmark.startswith("Three suppliers of ten")
    assert promise.benchmark_source.startswith("Our own look")
    claim = Claim.objects.get(key="one-price-kept")
    assert claim.expectation == "My bill is the same every month, for two years."


def test_a_claim_that_names_no_kind_of_figure_has_the_usual_one(content: Path) -> None:
    for statistic in ("share", "mean"):
        replace(content.parent / PROMISE, f"    statistic: {statistic}\n", "")
    import_content(content)
    kinds = dict(Claim.objects.values_list("unit", "statistic"))
    assert kinds == {"%": "share", "working days": "mean"}


def test_a_file_without_the_newer_lines_comes_in(content: Path) -> None:
    path = content.parent / PROMISE
    newer = ("lands_at", "customer_gets", "benchmark", "    expectation", "    statistic")
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(newer)]
    write(content.parent, str(PROMISE), "\n".join(kept))
    assert import_content(content).tally == Tally(new=5)
    assert PromisePage.objects.get(live=True).lands_at == ""


def test_a_brief_serves_the_promises_of_its_file(content: Path) -> None:
    import_content(content)
    brief = BriefPage.objects.get()
    assert [promise.slug for promise in brief.promises.all()] == ["one-price"]
    assert brief.live_revision is not None
    assert brief.live_revision.content["promises"] == [PromisePage.objects.get().pk]


def test_a_brief_may_name_a_promise_that_the_portal_holds_already(content: Path) -> None:
    prepared_portal()
    PromiseFactory(slug="one-price")
    (content.parent / PROMISE).unlink()
    assert import_content(content).tally == Tally(new=4)
    assert BriefPage.objects.get().promises.count() == 1


def test_a_second_run_changes_no_promise(content: Path) -> None:
    import_content(content)
    assert import_content(content).tally == unchanged(5)


def test_a_day_until_which_only_staff_may_know_is_kept(content: Path) -> None:
    replace(content.parent / BRIEF, "version: 1", "version: 1\nembargo_until: 2027-01-11")
    import_content(content)
    assert BriefPage.objects.get().embargo_until == date(2027, 1, 11)


def test_a_brief_can_leave_a_promise(content: Path) -> None:
    import_content(content)
    replace(content.parent / BRIEF, "promises:\n  - one-price\n", "")
    assert import_content(content).tally == Tally(changed=1, unchanged=4)
    assert not BriefPage.objects.get().promises.exists()


def test_a_changed_promise_keeps_its_chain_and_its_claims(content: Path) -> None:
    import_content(content)
    promise = PromisePage.objects.get()
    links = [Link(department=DepartmentFactory(), part="Say it.", key="say-it")]
    setattr(promise, "links", links)  # noqa: B010  (a relation that mypy doesn't know)
    promise.save_revision().publish()
    rows = list(Claim.objects.values_list("pk", "key"))
    replace(content.parent / PROMISE, "Others advertise", "Some advertise")
    assert import_content(content).tally == Tally(changed=1, unchanged=4)
    assert list(Link.objects.values_list("key", flat=True)) == ["say-it"]
    assert list(Claim.objects.values_list("pk", "key")) == rows
    assert "Some" in PromisePage.objects.get().why_us


def test_promises_stand_in_the_order_of_their_positions(content: Path) -> None:
    write(content, "promises/a.md", ANOTHER.format(slug="aa", position=3))
    write(content, "promises/b.md", ANOTHER.format(slug="bb", position=2))
    import_content(content)
    assert order() == ["one-price", "bb", "aa"]
    assert import_content(content).tally == unchanged(7)


def test_a_promise_takes_its_place_among_those_that_are_there(content: Path) -> None:
    for slug in ("first", "second"):
        PromiseFactory(slug=slug)
    replace(content.parent / PROMISE, "position: 1", "position: 2")
    import_content(content)
    assert order() == ["first", "one-price", "second"]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (BRIEF, "- one-price", "- one-prize", "line 13: There is no promise “one-prize”. Did you"),
        (BRIEF, "- one-price", "- zzz", "Write the slug of a promise that is here"),
        (BRIEF, "version: 1", "embargo_until: soon", "line 5: “embargo_until” doesn't hold what"),
        (PROMISE, "is_pilot: false", "is_pilot: maybe", "line 6: “is_pilot” doesn't hold what it"),
        (PROMISE, "target: 99.5", "target: most", "“target” doesn't hold what it should. Write a"),
        (PROMISE, "target: 99.5", "", "line 16: “target” is missing."),
        (PROMISE, "comparator: at-most", "comparator: under", "“one-price-answered” can't stay"),
        (PROMISE, "key: one-price-answered", "key: one-price-kept", "belongs to another claim."),
        (PROMISE, "sponsor: esme", "sponsor: emma", "line 8: Nobody has the e-mail “emma."),
        (PROMISE, 'bill."\n---\n', 'bill."\n---\n\nMore.', "line 32: A promise has no text below"),
        (PROMISE, "Your price stays", "w " * 26, "line 5: “sentence” can't stay as it is."),
        (PROMISE, "statistic: mean", "statistic: median", "“one-price-answered” can't stay"),
        (PROMISE, "benchmark_source:", "why_us_too:", "“why_us_too” isn't known here."),
        (PROMISE, SOURCE, 'source: ""', "line 14: “benchmark_source” can't stay as it is."),
    ],
)
def test_a_fault_names_its_line(content: Path, file: Path, old: str, new: str, told: str) -> None:
    replace(content.parent / file, old, new)
    assert any(told in fault for fault in refused(content))
    assert not PromisePage.objects.exists()


def test_a_promise_needs_a_claim(content: Path) -> None:
    text = (content.parent / PROMISE).read_text(encoding="utf-8")
    write(content.parent, str(PROMISE), text[: text.index("claims:")] + "---\n")
    assert "Write one claim or more" in refused(content)[0]
