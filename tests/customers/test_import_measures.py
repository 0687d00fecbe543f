from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from customers.importers.measures import import_measures
from customers.models import Measure
from knowledge.importers.reporting import ImportRefused, Tally, describe
from knowledge.models import Claim
from tests.conftest import NOW
from tests.customers.measuring import claimed, measured, read
from tests.factories import TODAY, PersonFactory, PromiseFactory
from tests.importing import unchanged, write

HEADER = "reference,name,definition,unit,kind,direction,source,owner,promise,claim\n"
ROW = "refunds,Refunds in time,,,,,Payment log,noor@example.com,,in-time\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    PersonFactory(email="noor@example.com")
    return claimed()


def brought_in(folder: Path, rows: str) -> Tally:
    return import_measures(write(folder, "measures.csv", HEADER + rows)).tally


def faults_of(folder: Path, rows: str) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        brought_in(folder, rows)
    return [describe(fault) for fault in refusal.value.faults]


def test_what_the_claim_says_need_not_be_said_again(claim: Claim, tmp_path: Path) -> None:
    Claim.objects.filter(pk=claim.pk).update(
        comparator="at-most", statistic="mean", unit="minutes", target=Decimal(2)
    )
    assert brought_in(tmp_path, ROW) == Tally(new=1)
    measure = Measure.objects.get()
    assert (measure.statistic, measure.direction, measure.unit) == ("mean", "lower", "minutes")
    assert (measure.claim, measure.promise_id) == (claim, claim.promise_id)


def test_a_second_run_changes_nothing(claim: Claim, tmp_path: Path) -> None:
    brought_in(tmp_path, ROW)
    assert brought_in(tmp_path, ROW) == unchanged(1)


def test_a_changed_row_changes_its_measure(claim: Claim, tmp_path: Path) -> None:
    brought_in(tmp_path, ROW)
    assert brought_in(tmp_path, ROW.replace("Payment log", "Bank")) == Tally(changed=1)
    assert Measure.objects.get().source == "Bank"


def test_two_measures_may_swap_their_claims(claim: Claim, tmp_path: Path) -> None:
    claimed(claim.promise, key="other")
    other = ROW.replace("refunds,", "others,").replace("in-time", "other")
    brought_in(tmp_path, ROW + other)
    swapped = ROW.replace("in-time", "other") + other.replace(",,other", ",,in-time")
    assert brought_in(tmp_path, swapped) == Tally(changed=2)
    assert Measure.objects.get(reference="others").claim == claim


def test_what_is_exported_comes_in_unchanged(claim: Claim, tmp_path: Path) -> None:
    brought_in(tmp_path, ROW.replace("Refunds in time,,", '=Refunds,"- all, but cash",'))
    call_command("export_measures", str(tmp_path / "out.csv"))
    assert import_measures(tmp_path / "out.csv").tally == unchanged(1)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (ROW.replace("refunds,", "Refunds One,"), "“reference” can't stay as it is."),
        (ROW.replace("noor@example.com", ""), "“owner” is empty. Fill it in."),
        (ROW.replace("noor@", "nora@"), "Nobody has the address “nora@example.com”. Write the"),
        (ROW.replace("in-time", "in-tim"), "Did you mean in-time?"),
        (ROW.replace(",,,,,P", ",,,mean,,P"), "Choose the same kind of figure here, or change it"),
        (ROW.replace(",,,,,P", ",,,,lower,P"), "Choose “Higher is better”, or change the claim's"),
        (ROW.replace(",,,,,P", ",,days,,,P"), "The claim counts in “%”. Write the same unit"),
        (ROW.replace(",,,,,P", ",,,median,,P"), "Write one of these: share, mean, value."),
        (ROW.replace(",,in-time", ",other,in-time"), "This claim belongs to another promise."),
        (ROW + ROW, "“refunds” stands on line 2 already. Keep one of the two rows."),
        (ROW + ROW.replace("refunds,", "others,"), "“refunds” judges this claim already."),
    ],
)
def test_a_fault_names_its_line_and_remedy_and_writes_nothing(
    claim: Claim, tmp_path: Path, row: str, told: str
) -> None:
    PromiseFactory(slug="other")
    faults = faults_of(tmp_path, row)
    assert told in faults[-1]
    assert faults[-1].startswith(f"measures.csv, line {1 + row.count(chr(10))}: ")
    assert not Measure.objects.exists()


def test_a_measure_with_readings_keeps_its_kind(claim: Claim, tmp_path: Path) -> None:
    read(measured(reference="refunds"), TODAY.replace(day=1), at=NOW, n=10, k=9)
    faults = faults_of(tmp_path, ROW.replace(",,,,,P", ",,,value,,P").replace(",in-time", ","))
    assert "It has readings of another kind of figure. Leave it as it was" in faults[0]
