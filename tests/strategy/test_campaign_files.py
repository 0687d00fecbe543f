"""Campaigns as a table: drafts are brought in, none goes out by it, and all come back unchanged."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from knowledge.importers.reporting import ImportRefused, Outcome
from knowledge.models import Channel, Segment
from strategy.exports.campaigns import campaigns_csv
from strategy.importers import import_campaigns
from strategy.models import Campaign
from tests.factories import TODAY, BriefFactory, PersonFactory, PromiseFactory
from tests.strategy.campaigning import Gate, by_the_button, drafted, entries, marketer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

HEAD = (
    "title,slug,hears,expectation,promises,brief,version,launch day,segments,channels,sponsor,owner"
)


@pytest.fixture
def world(gate: Gate) -> None:
    PromiseFactory(slug="money-back")
    PromiseFactory(slug="honest-bill")
    BriefFactory(slug="fair-refund")
    Segment.objects.create(name="Families")
    Channel.objects.create(name="App")
    PersonFactory(email="ann@example.com")


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "campaigns.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


ROW = (
    "Money back,money-back,Three days. Promised.,It's there by Thursday.,money-back; honest-bill,"
    "fair-refund,1,2026-11-01,Families,App,ann@example.com,Ann@example.com"
)


@pytest.mark.usefixtures("world")
def test_a_row_becomes_a_draft_even_where_its_day_has_come(tmp_path: Path) -> None:
    import_campaigns(table(tmp_path, ROW))
    campaign = Campaign.objects.get()
    assert (campaign.live, campaign.owner.email) == (False, "ann@example.com")
    assert sorted(promise.slug for promise in campaign.promises.all()) == [
        "honest-bill",
        "money-back",
    ]
    assert entries(campaign) == ["planned"]


@pytest.mark.usefixtures("world")
def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    report = import_campaigns(table(tmp_path, ROW), dry_run=True)
    assert [entry.outcome for entry in report.entries] == [Outcome.NEW]
    assert not Campaign.objects.exists()


@pytest.mark.usefixtures("world")
def test_what_is_taken_out_comes_back_unchanged(tmp_path: Path) -> None:
    import_campaigns(table(tmp_path, ROW))
    path = tmp_path / "again.csv"
    path.write_text("".join(campaigns_csv()), encoding="utf-8")
    report = import_campaigns(path)
    assert [entry.outcome for entry in report.entries] == [Outcome.UNCHANGED]
    assert Campaign.objects.get().revisions.count() == 1


@pytest.mark.usefixtures("world")
def test_another_row_changes_the_draft_of_what_is_out_and_not_what_is_out(tmp_path: Path) -> None:
    campaign = drafted("Money back", slug="money-back")
    by_the_button(campaign, marketer())
    import_campaigns(table(tmp_path, ROW))
    out = Campaign.objects.get()
    assert (out.live, out.hears) == (True, campaign.hears)
    assert out.get_latest_revision_as_object().hears == "Three days. Promised."


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("cell", "wrong", "told"),
    [
        (
            "money-back; honest-bill",
            "money-bak",
            "There is no “money-bak”. Did you mean money-back",
        ),
        ("fair-refund", "nowhere-near", "There is no “nowhere-near”. Write the last part of its"),
        ("2026-11-01", "soon", "“soon” is no launch day. Write it like 2026-12-14."),
        (",1,", ",one,", "“one” is no version."),
        ("Families", "Everybody", "There is no “Everybody”."),
        ("Ann@example.com", "who@example.com", "There is no “who@example.com”."),
        ("fair-refund", "", "“brief” can't stay as it is."),
    ],
)
def test_a_fault_names_its_row_and_how_to_mend_it(
    tmp_path: Path, cell: str, wrong: str, told: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_campaigns(table(tmp_path, ROW.replace(cell, wrong)))
    assert f"campaigns.csv, line 2: {told}" in str(refused.value)
    assert not Campaign.objects.exists()


@pytest.mark.usefixtures("world")
def test_what_is_scheduled_is_left_alone(tmp_path: Path) -> None:
    campaign = drafted("Money back", slug="money-back", launches_on=TODAY.replace(month=12))
    by_the_button(campaign, marketer())
    with pytest.raises(ImportRefused, match="is locked"):
        import_campaigns(table(tmp_path, ROW))


@pytest.mark.usefixtures("world")
def test_a_campaign_stands_in_one_row(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="“money-back” stands on line 2 already"):
        import_campaigns(table(tmp_path, ROW, ROW))


def status(person: Any) -> int:
    code: int = signed_in(person).get(reverse("files:take-out", args=["campaigns"])).status_code
    return code


def test_marketing_takes_the_table_out_and_colleagues_do_not() -> None:
    assert (status(marketer()), status(PersonFactory())) == (200, 403)
