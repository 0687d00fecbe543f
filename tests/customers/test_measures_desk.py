"""Measures at marketing's desk: a measure must judge the very thing that its claim says."""

import pytest
from django.test import Client
from django.urls import reverse

from customers.models import Measure
from knowledge.models import Claim
from tests.conftest import NOW
from tests.customers.measuring import claimed, measured, read
from tests.drafting import signed_in
from tests.factories import TODAY, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(portal_site: None) -> Client:
    return signed_in(PersonFactory(groups=["Marketing"]))


@pytest.fixture
def form(desk: Client) -> dict[str, object]:
    return {
        "name": "Refunds in time",
        "reference": "refunds",
        "definition": "",
        "unit": "%",
        "statistic": "share",
        "direction": "higher",
        "source": "Payment log",
        "owner": PersonFactory().pk,
        "promise": "",
        "claim": claimed().pk,
    }


def told(desk: Client, form: dict[str, object], **said: object) -> str:
    answer = desk.post(reverse("measures:add"), form | said)
    return str(answer.context["form"].errors) if answer.status_code == 200 else ""


def test_a_measure_of_a_claim_is_one_of_its_promise(desk: Client, form: dict[str, object]) -> None:
    assert told(desk, form) == ""
    claim = Claim.objects.get(key="in-time")
    assert Measure.objects.get().promise_id == claim.promise_id


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ({"statistic": "mean"}, "Choose the same kind of figure here, or change it in the claim."),
        ({"direction": "lower"}, "Choose “Higher is better”, or change the claim"),
        ({"unit": "days"}, "Write the same unit here, or change it in the claim."),
        ({"owner": ""}, "Fill in “Owner”."),
        ({"reference": "Refunds in time"}, "slug"),
    ],
)
def test_what_does_not_fit_says_how_to_mend_it(
    desk: Client, form: dict[str, object], said: dict[str, object], remedy: str
) -> None:
    assert remedy in told(desk, form, **said)
    assert not Measure.objects.exists()


def test_a_claim_has_one_measure(desk: Client, form: dict[str, object]) -> None:
    measured(Claim.objects.get(key="in-time"), name="Another")
    assert "“Another” judges this claim already" in told(desk, form)


def test_evidence_keeps_its_measure(desk: Client) -> None:
    measure = measured()
    read(measure, TODAY.replace(day=1), at=NOW, n=10, k=9)
    answer = desk.post(reverse("measures:delete", args=[measure.pk]), follow=True)
    assert "it has 1 reading, and evidence stays." in answer.content.decode()
    assert Measure.objects.exists()


def test_the_list_opens_for_marketing_alone(desk: Client) -> None:
    measured(name="Refunds in time")
    assert "Refunds in time" in desk.get(reverse("measures:index")).content.decode()
    outsider = signed_in(PersonFactory(groups=["Customer experience"]))
    assert outsider.get(reverse("measures:index")).status_code != 200
