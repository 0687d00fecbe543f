"""A number that no row can have leads nowhere, wherever it is written."""

import pytest
from django.test import Client
from django.urls import reverse

from knowledge.models import LearnIndexPage
from tests.factories import BriefFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("portal_site")

# The first is larger than a row's number, the second than Python reads.
TOO_LARGE = ["9" * 30, "9" * 5000]


@pytest.fixture
def editor(client: Client, portal_site: None) -> Client:
    client.force_login(PersonFactory(groups=["Marketing"]))
    return client


@pytest.mark.parametrize("address", ["/still-true/{}/", "/cms/changes/{}/", "/remarks/{}/"])
@pytest.mark.parametrize("number", TOO_LARGE)
def test_an_address_with_it_is_not_there(editor: Client, address: str, number: str) -> None:
    assert editor.post(address.format(number)).status_code == 404


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_version_with_it_is_not_there(editor: Client, number: str) -> None:
    brief = BriefFactory()
    assert editor.get(f"/briefs/{brief.slug}/ask/?change={number}").status_code == 404


@pytest.mark.parametrize("number", [*TOO_LARGE, "٣", "-1", "0", "x"])
def test_ticking_it_ticks_nothing(editor: Client, number: str) -> None:
    answer = editor.post(reverse("keeping:still-true"), {"page": number}, follow=True)
    assert [str(message).strip() for message in answer.context["messages"]] == [
        "Tick the pages first."
    ]


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_new_module_begins_without_it(editor: Client, number: str) -> None:
    learn = LearnIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["knowledge", "modulepage", learn.pk])
    assert editor.get(url, {"brief": number}).status_code == 200


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_report_narrowed_to_it_breaks_nothing(editor: Client, number: str) -> None:
    answer = editor.get(reverse("keeping:changes"), {"brief": number})
    assert answer.status_code in {200, 404}
