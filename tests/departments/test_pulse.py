"""A month's question is answered once, by whoever works here, and leads back to nobody."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex

from departments.actions.pulse import NotAsked, close_pulses
from departments.models import (
    Belief,
    Pulse,
    PulseAnswer,
    PulseTurnout,
    PulseWord,
)
from tests.conftest import NOW
from tests.departments.pulses import (
    AFTERWARDS,
    answer_all,
    answer_as,
    company_of,
    people_in,
    pulse_about,
)
from tests.factories import A_DAY, TODAY, DepartmentFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db

SHARED = {"pulse", "department"}


def test_an_answer_has_no_field_beside_what_many_share() -> None:
    """Property 11: nothing in an answer leads to a person, nor tells more than a week."""
    kept = {field.name: type(field) for field in PulseAnswer._meta.get_fields()}
    assert kept == {
        "id": models.UUIDField,
        "pulse": models.ForeignKey,
        "department": models.ForeignKey,
        "belief": models.CharField,
        "of_ten": models.PositiveSmallIntegerField,
        "week": models.DateField,
    }


@pytest.mark.parametrize("model", [PulseAnswer, PulseWord])
def test_no_way_leads_from_an_answer_to_a_person(model: type[models.Model]) -> None:
    """Property 11: but through the question and the department, which all of a group share."""
    assert {field.name for field in model._meta.get_fields() if field.is_relation} <= SHARED
    pointing = [
        field
        for other in apps.get_models()
        for field in other._meta.get_fields()
        if field.is_relation and field.related_model is model and not field.auto_created
    ]
    assert pointing == []


def test_who_has_answered_knows_only_which_question() -> None:
    kept = {field.name: field.related_model for field in PulseTurnout._meta.get_fields()}
    assert kept == {"id": None, "pulse": Pulse, "person": get_user_model()}


@pytest.mark.parametrize("model", [PulseAnswer, PulseTurnout, PulseWord])
def test_keys_are_of_chance(model: type[models.Model]) -> None:
    pulse = pulse_about()
    people = people_in(company_of(Care=5)["Care"])
    for person in people:
        answer_as(person, pulse, words="A daily run.")
    assert {row.pk.version for row in model._default_manager.all()} == {4}


def test_the_finest_time_is_a_week() -> None:
    answer_as(people_in(company_of(Care=5)["Care"])[0], pulse_about())
    assert PulseAnswer.objects.get().week == TODAY - timedelta(days=TODAY.weekday())


def test_wagtail_notes_nothing_of_an_answer() -> None:
    def noted() -> int:
        return sum(m.objects.count() for m in (ModelLogEntry, PageLogEntry, ReferenceIndex))

    pulse, person = pulse_about(), people_in(company_of(Care=5)["Care"])[0]
    before = noted()
    answer_as(person, pulse, words="A daily run.")
    assert noted() == before


def test_nobody_answers_twice() -> None:
    pulse, person = pulse_about(), people_in(company_of(Care=5)["Care"])[0]
    assert [answer_as(person, pulse), answer_as(person, pulse, Belief.NO)] == [True, False]
    assert list(PulseAnswer.objects.values_list("belief", flat=True)) == ["yes"]


def test_an_answer_that_can_not_be_kept_leaves_no_trace_of_who_came() -> None:
    pulse, person = pulse_about(), people_in(company_of(Care=5)["Care"])[0]
    with transaction.atomic(), pytest.raises(IntegrityError), transaction.atomic():
        answer_as(person, pulse, of_ten=-1)
    assert not PulseTurnout.objects.exists()


@pytest.mark.parametrize(
    "days", [{"opens_on": TODAY + A_DAY}, {"closes_on": TODAY - A_DAY}], ids=["early", "late"]
)
def test_only_an_open_question_is_answered(days: dict[str, Any]) -> None:
    person = people_in(company_of(Care=5)["Care"])[0]
    with pytest.raises(NotAsked):
        answer_as(person, pulse_about(**days))


def test_whoever_works_nowhere_is_not_asked() -> None:
    with pytest.raises(NotAsked):
        answer_as(PersonFactory(), pulse_about())


@pytest.mark.parametrize("trait", ["on_leave", "joiner"])
def test_whoever_is_away_or_new_may_answer(trait: str) -> None:
    care = company_of(Care=4)["Care"]
    person = MembershipFactory(department=care, **{trait: True}).person
    assert answer_as(person, pulse_about())


def test_a_department_of_four_answers_among_other_teams() -> None:
    departments = company_of(Care=5, Digital=4)
    pulse = pulse_about()
    for name in ("Care", "Digital"):
        answer_as(people_in(departments[name])[0], pulse)
    kept = {answer.department for answer in PulseAnswer.objects.all()}
    assert kept == {departments["Care"], None}


def test_a_team_answers_among_its_whole_department() -> None:
    care = company_of(Care=4)["Care"]
    person = MembershipFactory(department=DepartmentFactory(name="Calls", parent=care)).person
    answer_as(person, pulse_about())
    assert PulseAnswer.objects.get().department == care


def test_whoever_works_for_the_company_itself_answers_among_other_teams() -> None:
    company = company_of(Care=5)["Company"]
    MembershipFactory.create_batch(5, department=company)
    answer_as(people_in(company)[0], pulse_about())
    assert PulseAnswer.objects.get().department is None


@pytest.fixture
def closed() -> Pulse:
    """Of Care 12, of Field five, of Digital four; put together."""
    departments = company_of(Care=12, Digital=4, Field=5)
    pulse = pulse_about()
    answer_all(pulse, {"Care": (5, 3, 4), "Field": (3, 1, 1), "Digital": (2, 1, 1)}, departments)
    return pulse


def test_nothing_is_put_together_while_the_month_runs(closed: Pulse) -> None:
    assert close_pulses(at=NOW) == []
    assert PulseTurnout.objects.count() == 21


def test_what_is_put_together_has_forgotten_who_answered(closed: Pulse) -> None:
    close_pulses(at=AFTERWARDS)
    assert (PulseTurnout.objects.count(), PulseAnswer.objects.count()) == (0, 21)


def test_what_is_put_together_keeps_only_departments_that_are_shown(closed: Pulse) -> None:
    close_pulses(at=AFTERWARDS)
    kept = PulseAnswer.objects.values_list("department__name", flat=True).distinct()
    assert set(kept) == {"Care", None}


def test_what_is_put_together_has_new_keys_and_one_week(closed: Pulse) -> None:
    before = set(PulseAnswer.objects.values_list("pk", flat=True))
    close_pulses(at=AFTERWARDS)
    assert before.isdisjoint(PulseAnswer.objects.values_list("pk", flat=True))
    assert set(PulseAnswer.objects.values_list("week", flat=True)) == {date(2026, 11, 2)}


def test_the_order_in_the_database_tells_nothing_once_it_is_put_together() -> None:
    """Twelve yeses, then twelve noes: by chance they'd stand so once in a million times."""
    pulse = pulse_about()
    answer_all(pulse, {"Care": (12, 0, 12)}, company_of(Care=24))
    close_pulses(at=AFTERWARDS)
    stored = list(PulseAnswer.objects.order_by().values_list("belief", flat=True))
    in_order = ["yes"] * 12 + ["no"] * 12
    assert stored not in (in_order, in_order[::-1])


def test_putting_together_again_changes_nothing(closed: Pulse) -> None:
    close_pulses(at=AFTERWARDS)
    before = set(PulseAnswer.objects.values_list("pk", flat=True))
    assert close_pulses(at=AFTERWARDS) == []
    assert set(PulseAnswer.objects.values_list("pk", flat=True)) == before


def test_names_are_taken_out_of_words() -> None:
    pulse, care = pulse_about(), company_of(Care=5)["Care"]
    MembershipFactory(department=care, person=PersonFactory(first_name="Noor", last_name="Lind"))
    answer_as(people_in(care)[0], pulse, words="Noor agrees.")
    close_pulses(at=AFTERWARDS)
    assert PulseWord.objects.get().text == "[name] agrees."
