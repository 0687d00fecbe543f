"""A marketer writes a campaign: what a draft may lack, what it says, and where it stands."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from knowledge.models import BriefPage
from strategy.models import Campaign
from tests.factories import (
    A_DAY,
    TODAY,
    BriefFactory,
    PersonFactory,
    PromiseFactory,
)
from tests.strategy.campaigning import (
    PUBLISH,
    SENTENCE,
    Gate,
    agree_anyway,
    asked_for,
    by_the_button,
    drafted,
    edit_url,
    entries,
    is_out,
    marketer,
    signed_in,
    stored,
    written,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("portal_site"),
    # Wagtail asks Django for the way to send mail by its old name.
    pytest.mark.filterwarnings("ignore:get_connection:PendingDeprecationWarning"),
]

ADD = "wagtailsnippets_strategy_campaign:add"
LIST = "wagtailsnippets_strategy_campaign:list"


@pytest.fixture
def desk() -> Client:
    return signed_in(marketer())


def sent_to(desk: Client, url: str, sent: dict[str, Any], action: str = "") -> Any:
    return desk.post(url, {**sent, **({action: action} if action else {})})


def faults(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["form"].errors)


def test_a_new_draft_has_its_address_from_its_name_and_is_on_record(
    gate: Gate, desk: Client
) -> None:
    sent = written(drafted("Money back"), title="Money back", slug="")
    sent_to(desk, reverse(ADD), sent)
    made = Campaign.objects.latest("pk")
    assert (made.slug, made.live, entries(made)) == ("money-back", False, ["planned"])


def test_an_address_that_is_taken_is_counted_on(gate: Gate, desk: Client) -> None:
    first = drafted("Money back", slug="money-back")
    sent_to(desk, reverse(ADD), written(first, slug=""))
    assert Campaign.objects.latest("pk").slug == "money-back-2"


def test_a_draft_may_lack_what_a_launch_may_not(gate: Gate, desk: Client) -> None:
    campaign = drafted()
    sent = written(campaign, promises=[], sponsor=None, owner=None, hears="", brief_version=7)
    assert sent_to(desk, edit_url(campaign), sent).status_code == 302
    assert stored(campaign).promises.count() == 0


@pytest.mark.parametrize("action", [PUBLISH, "action-submit"])
def test_a_campaign_without_a_promise_is_neither_launched_nor_submitted(
    gate: Gate, desk: Client, action: str
) -> None:
    campaign = drafted()
    sent = written(campaign, promises=[], sponsor=None, owner=None)
    found = faults(sent_to(desk, edit_url(campaign), sent, action))
    assert found["promises"] == ["Fill in “Promises it makes”."]
    assert set(found) == {"promises", "sponsor", "owner"}
    assert (is_out(campaign), stored(campaign).workflow_in_progress) == (False, False)


def test_a_draft_without_a_promise_goes_out_by_no_other_door(gate: Gate) -> None:
    campaign = drafted(promises=[])
    campaign.latest_revision.publish()
    assert not is_out(campaign)
    held = campaign.gate_entries.first()
    assert held.note == "Choose at least one promise that it makes."


def test_a_version_that_does_not_exist_is_named_with_those_that_do(
    gate: Gate, desk: Client
) -> None:
    campaign = drafted(brief=BriefFactory(title="Fair Refund", version=2))
    sent = written(campaign, brief_version=4)
    found = faults(sent_to(desk, edit_url(campaign), sent, PUBLISH))
    words = "“Fair Refund” has no version 4. It has versions 1 to 2: choose one"
    assert found["brief_version"][0].startswith(words)


def test_a_version_that_is_scheduled_exists(gate: Gate, desk: Client) -> None:
    brief: BriefPage = BriefFactory(version=2)
    brief.save_revision(approved_go_live_at=datetime(2026, 11, 30, tzinfo=UTC))
    campaign = drafted(brief=brief, brief_version=3)
    sent_to(desk, edit_url(campaign), written(campaign), PUBLISH)
    assert is_out(campaign)


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 12, 14), datetime(2026, 12, 14, 8, tzinfo=UTC)),
        # Clocks go forward in the night before.
        (date(2027, 3, 28), datetime(2027, 3, 28, 7, tzinfo=UTC)),
        (TODAY, None),
        (TODAY - A_DAY, None),
    ],
)
def test_the_launch_day_decides_when_it_goes_out(
    gate: Gate, day: date, moment: datetime | None
) -> None:
    wrong: Any = datetime(2030, 1, 1, tzinfo=UTC)
    campaign = drafted(launches_on=day, go_live_at=wrong)
    campaign.expire_at = wrong
    revision = campaign.save_revision(clean=False)
    revision.content |= {"go_live_at": "2031-01-01T00:00:00Z"}
    draft = revision.as_object()
    assert (draft.go_live_at, draft.expire_at) == (moment, None)
    assert campaign.go_live_at == moment


def test_nobody_plans_a_launch_for_the_end_of_time(gate: Gate, desk: Client) -> None:
    campaign = drafted()
    answer = sent_to(desk, edit_url(campaign), written(campaign, launches_on="9999-12-31"))
    assert faults(answer) == {"launches_on": ["Choose a day in the next three years"]}


def test_the_editor_offers_no_schedule_of_its_own(gate: Gate, desk: Client) -> None:
    shown = desk.get(edit_url(drafted())).content.decode()
    assert "go_live_at" not in shown
    assert "expire_at" not in shown


@pytest.mark.parametrize(("day", "words"), [(TODAY + A_DAY, "Schedule launch"), (TODAY, "Launch")])
def test_the_button_says_what_it_does(gate: Gate, desk: Client, day: date, words: str) -> None:
    shown = desk.get(edit_url(drafted(launches_on=day))).content.decode()
    assert f'<em data-w-progress-target="label">{words}</em>' in shown
    assert ">Publish<" not in shown


def test_a_launch_is_told_as_what_it_was(gate: Gate) -> None:
    answer = by_the_button(drafted("Money back"), marketer())
    words = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    assert "“Money back” is launched: customers may hear of it now." in words


def test_the_gate_stands_beside_the_form(gate: Gate, desk: Client) -> None:
    shown = desk.get(edit_url(drafted())).content.decode()
    assert "Not yet. 1 of 4 checks are met." in shown
    assert "Know: Can't say" in shown.replace("&#x27;", "'")


def test_the_approver_reads_of_a_launch(gate: Gate) -> None:
    campaign = drafted()
    asked_for(campaign, marketer())
    shown = signed_in(marketer()).get(edit_url(campaign)).content.decode()
    assert "Approve the launch" in shown
    assert "and Publish" not in shown


def test_the_preview_tells_what_customers_hear_and_what_the_gate_says(
    gate: Gate, desk: Client
) -> None:
    campaign = drafted(promises=[PromiseFactory(sentence="Your money is back in three days.")])
    gate.shut.add(campaign.title)
    url = reverse("wagtailsnippets_strategy_campaign:preview_on_edit", args=[campaign.pk])
    desk.post(url, written(campaign))
    shown = desk.get(url).content.decode()
    for words in (campaign.hears, "Your money is back in three days.", SENTENCE):
        assert words in shown


def test_a_copy_is_another_campaign(gate: Gate, desk: Client) -> None:
    campaign = drafted("Money back", slug="money-back")
    url = reverse("wagtailsnippets_strategy_campaign:copy", args=[campaign.pk])
    form = desk.get(url).context["form"]
    assert form["title"].value() == "Money back (copy)"
    sent_to(desk, url, written(campaign, title="Money back (copy)", slug=""), PUBLISH)
    copy = Campaign.objects.get(slug="money-back-copy")
    assert copy.pk != campaign.pk
    assert stored(campaign).title == "Money back"


def test_what_was_decided_at_the_gate_is_not_deleted(gate: Gate) -> None:
    planned, launched = drafted("Planned"), drafted("Launched")
    administrator = PersonFactory(administrator=True)
    by_the_button(launched, administrator)
    for campaign in (planned, launched):
        url = reverse("wagtailsnippets_strategy_campaign:delete", args=[campaign.pk])
        signed_in(administrator).post(url)
    assert list(Campaign.objects.all()) == [launched]


def test_an_agreement_opens_the_real_gate(desk: Client) -> None:
    campaign = drafted()
    sent_to(desk, edit_url(campaign), written(campaign), PUBLISH)
    assert not is_out(campaign)
    agree_anyway(campaign, PersonFactory())
    sent_to(desk, edit_url(campaign), written(campaign), PUBLISH)
    assert is_out(campaign)
    newest = campaign.gate_entries.first()
    assert (newest.kind, newest.met, newest.checks) == ("launched", 1, 4)


def test_colleagues_have_no_way_to_the_editor(gate: Gate) -> None:
    colleague = signed_in(PersonFactory())
    for url in (reverse(LIST), reverse(ADD), reverse("launches:upcoming"), edit_url(drafted())):
        assert colleague.get(url).status_code == 403
