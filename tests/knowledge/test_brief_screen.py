"""The brief as its reader meets it: what to hear first, to whom to say what, its versions."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from knowledge.models import (
    BrandPositioning,
    BriefPage,
    Change,
    Channel,
    Fact,
    Product,
    Segment,
    SegmentMessage,
)
from portal.models import User
from quizzes.models import ModuleChange
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    BriefFactory,
    FactFactory,
    ModuleFactory,
    PersonFactory,
    QuestionFactory,
    StandingFactory,
)
from tests.knowledge.reading import queries_for, read
from tests.knowledge.versions import restate, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


def keep(brief: BriefPage, **words: Any) -> None:
    """Stores what the page says, without the ways through which it is published."""
    BriefPage.objects.filter(pk=brief.pk).update(**words)


def add_message(brief: BriefPage, segment: str, message: str) -> None:
    messages: Any = brief.segment_messages
    made, _is_new = Segment.objects.get_or_create(name=segment)
    messages.add(SegmentMessage(segment=made, message=message))
    messages.commit()


def place_of(shown: str, *words: str) -> list[int]:
    return [shown.index(word) for word in words]


def test_my_part_stands_before_the_promise_and_the_facts(visitor: Client, brief: BriefPage) -> None:
    shown = read(visitor, brief)

    places = place_of(shown, 'id="breath"', 'id="part"', 'id="promise"', 'id="facts"')
    assert places == sorted(places)


def test_a_promise_without_evidence_says_so(visitor: Client, brief: BriefPage) -> None:
    assert "No customer evidence yet." in read(visitor, brief)


def test_a_fact_says_its_kind_and_how_it_is_asked(visitor: Client, brief: BriefPage) -> None:
    fact = FactFactory(brief=brief, kind=Fact.Kind.PRICE, limits="Not abroad.", proof="Terms 4.")
    QuestionFactory(module=ModuleFactory(brief=brief), facts=[fact], must_know=True)

    shown = read(visitor, brief)

    assert "Price. Must know. Used in 1 question." in shown
    assert "Not abroad." in shown
    assert "How we know: Terms 4." in shown
    assert f'<li id="{fact.key}">' in shown


def test_a_brief_without_facts_says_who_writes_them(visitor: Client, brief: BriefPage) -> None:
    shown = read(visitor, brief)

    assert "Marketing hasn’t written this brief’s facts yet." in shown
    assert f'href="/briefs/{brief.slug}/ask/">Ask for what you need to know' in shown


def test_a_change_is_told_for_thirty_days(visitor: Client, brief: BriefPage) -> None:
    FactFactory(brief=brief, key="day", title="The day", statement="It takes three days.")
    version_of(brief, 1, kind=Change.Kind.FIRST, at=NOW - 90 * A_DAY)
    restate(brief, "day", statement="It comes on Thursday.")
    version_of(brief, 2, reason="Give the date.", at=NOW - 30 * A_DAY)

    shown = read(visitor, brief)

    assert "Changed on Wednesday 21 October." in shown
    assert f'href="/briefs/{brief.slug}/changes/1..2/">See what changed' in shown
    assert "Changed lately." in shown


@pytest.mark.parametrize(
    ("kind", "age"), [(Change.Kind.WORDING, 1), (Change.Kind.MATERIAL, 31), (Change.Kind.FIRST, 1)]
)
def test_mere_words_and_old_changes_are_not_told(
    visitor: Client, brief: BriefPage, kind: Change.Kind, age: int
) -> None:
    version_of(brief, 1, kind=Change.Kind.FIRST, at=NOW - 90 * A_DAY)
    version_of(brief, 2, kind=kind, at=NOW - age * A_DAY)

    assert "See what changed" not in read(visitor, brief)


def test_a_first_version_that_counts_at_once_is_no_change(
    visitor: Client, brief: BriefPage
) -> None:
    version_of(brief, 1, kind=Change.Kind.NOW)

    assert "See what changed" not in read(visitor, brief)


def test_versions_are_listed_with_kind_reason_and_who_vouched(
    visitor: Client, brief: BriefPage
) -> None:
    version_of(brief, 1, kind=Change.Kind.FIRST, at=NOW - 90 * A_DAY)
    version_of(
        brief,
        2,
        reason="Give the date.",
        author=PersonFactory(first_name="Amara", last_name="Vellacott"),
        approver=PersonFactory(first_name="Ines", last_name="Callowhart"),
    )

    shown = read(visitor, brief)

    assert "<b>Version 2, current.</b> A change to check. Give the date." in shown
    assert "Written by Amara Vellacott. Approved by Ines Callowhart." in shown
    assert "<b>Version 1.</b> First version." in shown
    assert "/changes/0..1/" not in shown


@pytest.mark.parametrize(
    ("state", "is_told"), [("pilot", True), ("idea", True), ("retired", True), ("live", False)]
)
def test_a_product_that_is_not_simply_sold_is_marked(
    visitor: Client, brief: BriefPage, state: str, is_told: bool
) -> None:
    product = Product.objects.create(name="Mesh", state=state)
    keep(brief, product=product)

    assert ("ribbon--pilot" in read(visitor, brief)) is is_told


def test_the_products_own_positioning_stands_before_the_organisations(
    visitor: Client, brief: BriefPage
) -> None:
    BrandPositioning.objects.create(for_whom="everybody", is_what="a line")
    product = Product.objects.create(name="Mesh", for_whom="big homes", is_what="one signal")

    assert "For everybody: a line." in read(visitor, brief)
    keep(brief, product=product)

    shown = read(visitor, brief)
    assert "For big homes: one signal." in shown
    assert "For everybody" not in shown


def test_each_segment_has_its_message_and_channels_are_named(
    visitor: Client, brief: BriefPage
) -> None:
    add_message(brief, "Movers", "You don’t move in without a line.")
    brief.channels = [Channel.objects.create(name="Shop"), Channel.objects.create(name="App")]
    brief.save()

    shown = read(visitor, brief)

    assert "<b>Movers</b><p>You don’t move in without a line.</p>" in shown
    assert "App, Shop." in shown


def test_a_brief_without_market_words_has_no_heading_for_them(
    visitor: Client, brief: BriefPage
) -> None:
    assert "Whom we tell what" not in read(visitor, brief)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ({"valid_from": TODAY + A_DAY}, "This holds from Saturday 21 November."),
        ({"valid_until": TODAY - A_DAY}, "This held until Thursday 19 November."),
        ({"embargo_until": TODAY + A_DAY}, "Staff only until Saturday 21 November."),
    ],
)
def test_a_brief_says_when_it_holds(
    visitor: Client, brief: BriefPage, day: dict[str, Any], words: str
) -> None:
    keep(brief, **day)

    assert words in read(visitor, brief)


@pytest.mark.parametrize(
    "day", [{"valid_from": TODAY}, {"valid_until": TODAY}, {"embargo_until": TODAY}]
)
def test_on_its_day_a_brief_holds_without_a_word(
    visitor: Client, brief: BriefPage, day: dict[str, Any]
) -> None:
    keep(brief, **day)

    assert "alert--due" not in read(visitor, brief)


def test_a_brief_leads_to_the_one_that_replaces_it(visitor: Client, brief: BriefPage) -> None:
    newer = BriefFactory(title="Fair Refund, simpler")
    keep(brief, replaced_by=newer)

    shown = read(visitor, brief)

    assert "Replaced by Fair Refund, simpler." in shown
    assert f'href="/briefs/{newer.slug}/"' in shown


def test_a_replacement_that_is_a_draft_is_not_named(visitor: Client, brief: BriefPage) -> None:
    newer = BriefFactory(title="Canary of a draft")
    newer.unpublish()
    keep(brief, replaced_by=newer)

    assert "Canary" not in read(visitor, brief)


def test_a_withdrawn_brief_leads_to_the_one_that_replaces_it(
    visitor: Client, brief: BriefPage
) -> None:
    newer = BriefFactory(title="Fair Refund, simpler")
    brief.save_revision().publish()
    keep(brief, replaced_by=newer)
    BriefPage.objects.get(pk=brief.pk).unpublish()

    response = visitor.get(f"/briefs/{brief.slug}/", follow=True)

    assert response.redirect_chain == [(f"/briefs/{newer.slug}/", 302)]
    assert "was replaced by this one." in response.content.decode()


@pytest.mark.parametrize("is_open", [True, False])
def test_a_brief_that_nobody_could_read_yet_leads_nowhere(
    visitor: Client, brief: BriefPage, is_open: bool
) -> None:
    newer = BriefFactory()
    if not is_open:
        newer.unpublish()
    draft = {"first_published_at": None} if is_open else {"first_published_at": NOW}
    keep(brief, replaced_by=newer, live=False, **draft)

    assert visitor.get(f"/briefs/{brief.slug}/").status_code == 404


def test_whoever_answers_for_it_is_named(visitor: Client, brief: BriefPage) -> None:
    for role, name in (("sponsor", "Ines"), ("owner", "Amara"), ("carer", "Noor")):
        keep(brief, **{role: PersonFactory(first_name=name, last_name="Example")})

    shown = read(visitor, brief)

    for name in ("Ines", "Amara", "Noor"):
        assert f"<dd>{name} Example" in shown


def test_the_first_module_is_the_one_button(visitor: Client, brief: BriefPage) -> None:
    ModuleFactory.create_batch(2, brief=brief)

    assert read(visitor, brief).count('<a class="button"') == 1


def test_a_check_that_waits_for_me_comes_before_the_module(
    visitor: Client, person: User, brief: BriefPage
) -> None:
    module = ModuleFactory(brief=brief, slug="refund")
    version_of(brief, 1, kind=Change.Kind.FIRST, at=NOW - 90 * A_DAY)
    change = version_of(brief, 2, at=NOW - 60 * A_DAY)
    reached = ModuleChange.objects.create(
        change=change, module=module, at=change.at, until=TODAY + A_DAY, fact_keys=["day"]
    )
    StandingFactory(person=person, module=module, ready=True, unchecked=reached)

    shown = read(visitor, brief)
    changes = visitor.get(f"/briefs/{brief.slug}/changes/1..2/").content.decode()

    check = reverse("quizzes:check-detail", args=["refund"])
    assert f'<a class="button" href="{check}">Check what changed</a>' in shown
    assert "A change waits for you." in shown
    assert "Nothing has changed between these versions." in changes


def test_older_versions_are_folded(visitor: Client, brief: BriefPage) -> None:
    for number in range(1, 8):
        version_of(brief, number, kind=Change.Kind.WORDING)

    shown = read(visitor, brief)

    places = place_of(shown, "<b>Version 3.", "Earlier versions", "<b>Version 2.")
    assert places == sorted(places)


def test_each_fact_can_be_asked_about(visitor: Client, brief: BriefPage) -> None:
    fact = FactFactory(brief=brief)

    assert f"/briefs/{brief.slug}/ask/?about={fact.key}" in read(visitor, brief)


def test_a_preview_shows_the_draft_with_its_market(client: Client, brief: BriefPage) -> None:
    brief.product = Product.objects.create(name="Mesh", state=Product.State.PILOT)
    brief.segment_messages = [
        SegmentMessage(segment=Segment.objects.create(name="Movers"), message="Move with us.")
    ]
    brief.channels = [Channel.objects.create(name="Shop")]
    draft = brief.save_revision()
    client.force_login(PersonFactory(administrator=True))

    url = reverse("wagtailadmin_pages:revisions_view", args=[brief.pk, draft.pk])
    shown = client.get(url).content.decode()

    assert "Move with us." in shown
    assert "Shop." in shown


def test_a_brief_costs_the_same_whatever_it_holds(visitor: Client, brief: BriefPage) -> None:
    keep(
        brief,
        product=Product.objects.create(name="Mesh"),
        owner=PersonFactory(),
        carer=PersonFactory(),
    )
    fill(brief, 1)
    version_of(brief, 1, kind=Change.Kind.FIRST, at=NOW - timedelta(days=300))
    version_of(brief, 2, at=NOW - timedelta(days=200))
    before = queries_for(visitor, brief)
    fill(brief, 40)
    for number in range(3, 30):
        version_of(
            brief,
            number,
            author=PersonFactory(),
            approver=PersonFactory(),
            at=NOW - timedelta(days=100),
        )

    assert queries_for(visitor, brief) == before <= 17


def fill(brief: BriefPage, count: int) -> None:
    FactFactory.create_batch(count, brief=brief)
    for number in range(count):
        add_message(brief, f"Segment {count} {number}", "Said to them.")
    made = [Channel.objects.create(name=f"Channel {count} {number}") for number in range(count)]
    brief.channels = made
    brief.save()


@pytest.mark.parametrize(("is_private", "status"), [(False, 302), (True, 404)])
def test_a_withdrawn_brief_leads_to_its_replacement_only_who_could_read_it(
    visitor: Client, brief: BriefPage, *, is_private: bool, status: int
) -> None:
    keep(brief, replaced_by=BriefFactory(title="Fairer Refund"), live=False, first_published_at=NOW)
    if is_private:
        PageViewRestriction.objects.create(page=brief, restriction_type=PageViewRestriction.GROUPS)

    assert visitor.get(f"/briefs/{brief.slug}/").status_code == status
