"""Products, segments, channels, customers’ words, at marketing’s desk."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.models import (
    BrandPositioning,
    BriefPage,
    Channel,
    CustomerWord,
    Product,
    Segment,
    SegmentMessage,
)
from tests.factories import BriefFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

THINGS: dict[str, Any] = {"products": Product, "segments": Segment, "channels": Channel}


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(PersonFactory(groups=["Marketing"]))
    return client


@pytest.fixture
def outsider() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(PersonFactory(groups=["Moderators"]))
    return client


def shown(client: Client, name: str, *args: object, **asked: str) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("products", {"name": "Fibre", "state": "pilot", "description": "Fast."}),
        ("segments", {"name": "Families", "description": "Three or more at home."}),
        ("channels", {"name": "Letters", "kind": "physical"}),
        ("customers-words", {"theirs": "money back", "ours": "refund", "note": ""}),
    ],
)
def test_marketing_writes_changes_and_deletes(
    desk: Client, name: str, fields: dict[str, str]
) -> None:
    positioning = dict.fromkeys(("for_whom", "is_what", "unlike", "because"), "")
    first = next(iter(fields))

    assert desk.post(reverse(f"{name}:add"), positioning | fields).status_code == 302
    assert fields[first] in shown(desk, f"{name}:index")

    model: Any = {**THINGS, "customers-words": CustomerWord}[name]
    row = model.objects.get()
    changed = positioning | fields | {first: "Another"}
    assert desk.post(reverse(f"{name}:edit", args=[row.pk]), changed).status_code == 302
    assert getattr(model.objects.get(), first) == "Another"

    assert desk.post(reverse(f"{name}:delete", args=[row.pk])).status_code == 302
    assert not model.objects.exists()


@pytest.mark.parametrize("name", [*THINGS, "customers-words"])
def test_what_is_missing_is_said_in_plain_words(desk: Client, name: str) -> None:
    answer = desk.post(reverse(f"{name}:add"), {})

    field = "Customers say" if name == "customers-words" else "Name"
    assert f"Fill in “{field}”." in answer.content.decode()


@pytest.mark.parametrize("name", [*THINGS, "customers-words", "search-misses"])
def test_whom_marketing_has_not_let_in_sees_nothing_of_it(outsider: Client, name: str) -> None:
    answer = outsider.get(reverse(f"{name}:index"))

    assert answer.status_code in (302, 403, 404)
    assert answer.headers.get("Location", "/cms/") == "/cms/"


def test_the_menu_leads_to_the_market_and_to_the_report(desk: Client) -> None:
    page = shown(desk, "products:index")

    assert all(word in page for word in ("Market", "Customers\\u2019 words", "without result"))


@pytest.mark.parametrize("name", list(THINGS))
def test_a_new_installation_meets_the_five_questions(desk: Client, name: str) -> None:
    page = shown(desk, f"{name}:index")

    assert page.count("Who are your customers?") == 1
    assert reverse("channels:add") in page
    assert reverse("wagtailsettings:edit", args=["knowledge", "brandpositioning"]) in page
    assert "Answered:" not in page


def test_a_question_that_has_its_answer_is_ticked(desk: Client) -> None:
    Segment.objects.create(name="Families")
    BrandPositioning.objects.create(for_whom="busy homes", is_what="the fast line")

    assert shown(desk, "products:index").count("Answered:") == 2


def named_in(brief: BriefPage, thing: Any) -> None:
    match thing:
        case Product():
            brief.product = thing
        case Channel():
            brief.channels = [thing]
        case Segment():
            brief.segment_messages = [SegmentMessage(segment=thing, message="Hello")]


def published(brief: BriefPage) -> None:
    brief.save()


def drafted(brief: BriefPage) -> None:
    brief.save_revision()


@pytest.mark.parametrize("kept_as", [published, drafted])
@pytest.mark.parametrize("name", list(THINGS))
def test_what_a_brief_names_is_kept_and_the_brief_told(
    desk: Client, name: str, kept_as: Any
) -> None:
    brief, thing = BriefFactory(title="Fair Refund"), THINGS[name].objects.create(name="This")
    named_in(brief, thing)
    kept_as(brief)

    for ask in (desk.get, desk.post):
        page = ask(reverse(f"{name}:delete", args=[thing.pk]), follow=True).content.decode()
        assert "This” can&#x27;t be deleted, because a brief names it" in page
        assert reverse("wagtailadmin_pages:edit", args=[brief.pk]) in page
    assert THINGS[name].objects.exists()


@pytest.mark.parametrize("kept_as", [published, drafted])
@pytest.mark.parametrize("name", list(THINGS))
def test_where_something_is_used_is_counted_and_listed(
    desk: Client, name: str, kept_as: Any
) -> None:
    brief, thing = BriefFactory(title="Fair Refund"), THINGS[name].objects.create(name="This")
    assert "In 0 briefs" in shown(desk, f"{name}:edit", thing.pk)
    named_in(brief, thing)
    kept_as(brief)

    assert "In 1 brief" in shown(desk, f"{name}:edit", thing.pk)
    assert "Fair Refund" in shown(desk, f"{name}:usage", thing.pk)


def test_an_old_version_is_read_though_its_segment_is_gone() -> None:
    brief, segment = BriefFactory(), Segment.objects.create(name="Families")
    named_in(brief, segment)
    old = brief.save_revision()
    named_in(brief, Segment.objects.create(name="Others"))
    brief.save_revision()
    segment.delete()

    assert not old.as_object().segment_messages.all()


@pytest.mark.parametrize("name", list(THINGS))
def test_a_list_costs_as_many_queries_however_long_it_is(desk: Client, name: str) -> None:
    counts = []
    for size in (1, 15):
        rows = [THINGS[name](name=f"{size} {number}") for number in range(size)]
        THINGS[name].objects.bulk_create(rows)
        shown(desk, f"{name}:index")
        with CaptureQueriesContext(connection) as queries:
            shown(desk, f"{name}:index")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_colleagues_read_under_help_whom_everything_is_for(client: Client) -> None:
    client.force_login(PersonFactory())
    assert "Who we are for" not in shown(client, "portal:help")

    BrandPositioning.objects.create(for_whom="busy homes", is_what="the <b>fast line")

    page = shown(client, "portal:help")
    assert "Who we are for" in page
    assert "For busy homes: the &lt;b&gt;fast line." in page


def test_marketing_writes_the_positioning(desk: Client) -> None:
    url = reverse("wagtailsettings:edit", args=["knowledge", "brandpositioning"])
    positioning = BrandPositioning.objects.create()
    edit = f"{url}{positioning.pk}/"

    fields = {"for_whom": "busy homes", "is_what": "fast", "unlike": "", "because": ""}
    assert desk.post(edit, fields).status_code == 302
    assert BrandPositioning.objects.get().positioning == "For busy homes: fast."
