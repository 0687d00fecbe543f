"""Where an organisation is too small to ask each colleague, each team agrees on one answer."""

import pytest

from departments.actions.pulse import agree_on_belief
from departments.models import PulseSettings
from departments.reports.pulse import months_told, said_in
from tests.conftest import NOW
from tests.departments.pulse_pages import DATA
from tests.departments.pulses import answer_all, company_of, people_in, pulse_about
from tests.drafting import signed_in
from tests.factories import HeadshipFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_the_answer_of_a_team_is_told_openly_and_at_once(portal_site: None) -> None:
    care = company_of(Care=3)["Care"]
    head = HeadshipFactory(department=care).person
    PulseSettings.objects.create(way=PulseSettings.Way.TEAM_AGREED)
    pulse_about()
    client = signed_in(head)
    said = {"belief": "not-yet", "words": "A daily run.", "of_ten": 6}
    page = client.post(f"/pulse/team/{care.pk}/", said, follow=True).content.decode()
    assert "Care: Not yet" in page
    assert "A daily run." in page


def test_what_was_answered_before_teams_agree_is_not_told_with_them() -> None:
    care = company_of(Care=12)["Care"]
    pulse = pulse_about()
    answer_all(pulse, {"Care": (5, 3, 4)}, {"Care": care})
    agree_on_belief(pulse=pulse, department=care, by=PersonFactory(), belief="no", at=NOW)
    (month,) = months_told(on=NOW.date())
    assert (len(month.teams), month.total, month.groups) == (1, None, ())


@pytest.mark.parametrize("way", list(PulseSettings.Way))
def test_nobody_agrees_for_a_team_that_she_does_not_lead(
    way: PulseSettings.Way, portal_site: None
) -> None:
    departments = company_of(Care=3, Sales=3)
    head = HeadshipFactory(department=departments["Care"]).person
    PulseSettings.objects.create(way=way)
    pulse_about()
    path = f"/pulse/team/{departments['Sales'].pk}/"
    assert signed_in(head).post(path, {"belief": "yes"}).status_code == 404


def test_a_team_changes_its_mind_while_the_month_runs(portal_site: None) -> None:
    care = company_of(Care=3)["Care"]
    client = signed_in(HeadshipFactory(department=care).person)
    PulseSettings.objects.create(way=PulseSettings.Way.TEAM_AGREED)
    pulse_about()
    for belief in ("no", "yes"):
        client.post(f"/pulse/team/{care.pk}/", {"belief": belief})
    (month,) = client.get(DATA).json()["months"]
    assert [agreed["belief"] for agreed in month["agreed_by_teams"]] == ["yes"]


def test_where_teams_agree_nobody_answers_alone(portal_site: None) -> None:
    care = company_of(Care=5)["Care"]
    PulseSettings.objects.create(way=PulseSettings.Way.TEAM_AGREED)
    pulse = pulse_about()
    client = signed_in(people_in(care)[0])
    client.post("/pulse/", {"pulse": pulse.pk, "belief": "yes"})
    assert said_in(pulse) == {}
