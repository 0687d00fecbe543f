"""The lists of briefs, promises and modules: found by their words, narrowed and paged."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from departments.models import Membership
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    TODAY,
    BriefFactory,
    DepartmentFactory,
    FactFactory,
    LessonFactory,
    MembershipFactory,
    ModuleFactory,
    PromiseFactory,
    StandingFactory,
)
from tests.knowledge.reading import LISTS, asked_module, listed, served_brief

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

every_list = pytest.mark.parametrize("name", LISTS)


@pytest.fixture
def home() -> Membership:
    return MembershipFactory(department=DepartmentFactory(name="Care"))


@pytest.fixture
def person(home: Membership) -> User:
    return home.person


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    "words", ["refund", "FAIR", "cafe thursday", "no forms", "thursday refund", "  Café  "]
)
def test_a_brief_is_found_by_its_own_words_and_its_facts(visitor: Client, words: str) -> None:
    brief = BriefFactory(title="Fair Refund", one_breath="We agree it, you get it: no forms.")
    FactFactory(brief=brief, title="Café vouchers", statement="They go out on Thursday.")
    BriefFactory(title="Price Lock", one_breath="The price stays.")

    shown = listed(visitor, "brief-index", q=words)

    assert "1 of 2 briefs" in shown
    assert "Fair Refund" in shown
    assert "The price stays." not in shown


def test_every_word_must_be_there(visitor: Client) -> None:
    BriefFactory(title="Fair Refund")
    BriefFactory(title="Fair Price")

    assert "1 of 2 briefs" in listed(visitor, "brief-index", q="fair price")


def test_a_hyphen_is_no_matter(visitor: Client) -> None:
    BriefFactory(title="Whole-Home Wi-Fi")

    assert "1 of 1 brief" in listed(visitor, "brief-index", q="wifi")
    assert "1 of 1 brief" in listed(visitor, "brief-index", q="whole home")


@every_list
@pytest.mark.parametrize("words", ["xyzzy", "?!", "<xyzzy>", "%", "x" * 5000])
def test_words_that_nothing_has_offer_the_whole_list(
    visitor: Client, name: str, words: str
) -> None:
    ModuleFactory(brief=served_brief("Fair"))

    shown = listed(visitor, name, q=words)

    assert "0 of 1" in shown
    assert "See all" in shown
    assert "<xyzzy>" not in shown
    assert f"“{'x' * 201}" not in shown


@every_list
def test_a_letter_that_no_database_takes_is_left_out(visitor: Client, name: str) -> None:
    ModuleFactory(brief=served_brief("Fair", title="Fair"), title="Fair")

    assert "1 of 1" in listed(visitor, name, q="fa\0ir")


def test_a_search_for_nothing_says_what_was_looked_for(visitor: Client) -> None:
    BriefFactory()

    assert "No brief has “xyz”." in listed(visitor, "brief-index", q=" xyz ")


@every_list
def test_a_choice_that_is_not_there_is_none(visitor: Client, name: str) -> None:
    ModuleFactory(brief=served_brief("Fair"))
    nonsense = {"promise": "gone", "only": "gone", "state": "gone", "page": "gone"}

    assert "0 of" not in listed(visitor, name, **nonsense)


def test_briefs_are_narrowed_to_a_promise(visitor: Client) -> None:
    served_brief("Fair", title="Fair Refund")
    served_brief("Lock", title="Price Lock")

    shown = listed(visitor, "brief-index", promise="lock")

    assert "1 of 2 briefs" in shown
    assert "Price Lock" in shown


def test_a_draft_promise_is_no_choice(visitor: Client) -> None:
    brief = served_brief("Secretpromise")
    brief.promises.first().unpublish()

    assert "Secretpromise" not in listed(visitor, "brief-index")


def test_a_brief_is_for_staff_only_until_its_day(visitor: Client) -> None:
    BriefFactory(title="Soon", embargo_until=TODAY + timedelta(days=52))
    BriefFactory(title="Out")

    shown = listed(visitor, "brief-index", only="staff-only")

    assert "1 of 2 briefs" in shown
    assert "Staff only until Monday 11 January" in shown


@pytest.mark.parametrize(("hours", "is_ahead"), [(14, True), (15, False)])
def test_an_embargo_ends_when_the_organisations_day_begins(
    visitor: Client, hours: int, is_ahead: bool
) -> None:
    brief = BriefFactory(embargo_until=TODAY + timedelta(days=1))

    # Nine in the morning in London, and so many hours later.
    with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
        on_row = listed(visitor, "brief-index")
        on_page = visitor.get(reverse("knowledge:brief-detail", args=[brief.slug]))
        narrowed = listed(visitor, "brief-index", only="staff-only")

    assert f"{int(is_ahead)} of 1 brief" in narrowed
    assert ("Staff only until" in on_row) is is_ahead
    assert ("Staff only until" in on_page.content.decode()) is is_ahead


@every_list
def test_a_long_list_goes_on_with_what_was_asked(visitor: Client, name: str) -> None:
    for number in range(30):
        brief = served_brief(f"Fair{number:02}", title=f"Fair {number:02}")
        ModuleFactory(brief=brief, title=f"Fair {number:02}")

    first = listed(visitor, name, q="fair")
    second = listed(visitor, name, q="fair", page="2")

    assert "Page 1 of 2" in first
    assert "?q=fair&amp;page=2" in first
    assert "30 of 30" in second
    assert 'rel="next"' not in second
    assert second.count("<h3>") == 5


@every_list
def test_the_list_costs_the_same_however_long_it_is(
    visitor: Client, person: User, home: Membership, name: str
) -> None:
    counts = []
    for more in (2, 20):
        for _number in range(more):
            promise = PromiseFactory(departments=[home.department, DepartmentFactory()])
            brief = BriefFactory(title="Fair")
            brief.promises = [promise]
            brief.save()
            FactFactory(brief=brief)
            module = asked_module(home, brief=brief, title="Fair")
            LessonFactory(module=module)
            StandingFactory(person=person, module=module, ready=True)
            StandingFactory(person=person, module=ModuleFactory(brief=brief, title="Fair"))
        for asked in ({}, {"q": "f", "only": "my-part"}):
            listed(visitor, name, **asked)
            with CaptureQueriesContext(connection) as queries:
                listed(visitor, name, **asked)
            counts.append(len(queries))

    assert counts[:2] == counts[2:]


@every_list
def test_a_list_without_anything_says_who_writes_it(visitor: Client, name: str) -> None:
    shown = listed(visitor, name)

    assert "Marketing hasn’t published a" in shown
    assert 'role="search"' not in shown
