"""Every change of a requirement goes through an action and leaves a line in the log."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from departments.actions import (
    ChangedMeanwhile,
    change_requirement,
    drop_requirement,
    require_module,
)
from departments.models import AuditLine, PastRequirement, Requirement
from departments.reports import Terms, terms_of
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    DepartmentFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 12, 4)
TERMS = Terms(FRIDAY, 30)


@pytest.fixture
def actor() -> User:
    return PersonFactory()


@pytest.fixture
def stored() -> Requirement:
    return RequirementFactory(due_on=FRIDAY, joiner_days=30)


def newest_line() -> ModelLogEntry:
    return ModelLogEntry.objects.order_by("pk").last()


def test_asking_for_a_module_is_logged_with_its_terms(actor: User) -> None:
    department, module = DepartmentFactory(), ModuleFactory()
    require_module(department=department, module=module, terms=TERMS, actor=actor)
    line = newest_line()
    assert (line.action, line.user) == ("departments.require_module", actor)
    assert line.data == {
        "department": department.pk,
        "module": module.pk,
        "before": None,
        "after": {"due_on": "2026-12-04", "joiner_days": 30},
    }


def test_a_change_is_logged_with_before_and_after(actor: User, stored: Requirement) -> None:
    change_requirement(requirement=stored, seen=TERMS, terms=Terms(None, 14), actor=actor)
    stored.refresh_from_db()
    assert terms_of(stored) == Terms(None, 14)
    assert newest_line().data["before"] == {"due_on": "2026-12-04", "joiner_days": 30}
    assert newest_line().data["after"] == {"due_on": None, "joiner_days": 14}


def test_what_is_the_same_is_neither_written_nor_logged(actor: User, stored: Requirement) -> None:
    change_requirement(requirement=stored, seen=TERMS, terms=TERMS, actor=actor)
    assert newest_line() is None


def test_a_removal_is_logged_and_keeps_what_was_proved(actor: User, stored: Requirement) -> None:
    standing = StandingFactory(module=stored.module, ready=True)
    drop_requirement(requirement=stored, seen=TERMS, actor=actor)
    assert not Requirement.objects.exists()
    assert newest_line().deleted
    assert newest_line().data["before"] == {"due_on": "2026-12-04", "joiner_days": 30}
    before = standing.ready_until
    standing.refresh_from_db()
    assert standing.ready_until == before


def test_what_somebody_else_changed_is_not_overwritten(actor: User, stored: Requirement) -> None:
    Requirement.objects.update(joiner_days=7)
    with pytest.raises(ChangedMeanwhile):
        change_requirement(requirement=stored, seen=TERMS, terms=Terms(None, 1), actor=actor)
    with pytest.raises(ChangedMeanwhile):
        drop_requirement(requirement=stored, seen=TERMS, actor=actor)
    assert Requirement.objects.get().joiner_days == 7


def test_a_module_is_asked_for_once(actor: User, stored: Requirement) -> None:
    with pytest.raises(ChangedMeanwhile):
        require_module(
            department=stored.department, module=stored.module, terms=Terms(None, 1), actor=actor
        )
    assert Requirement.objects.get().joiner_days == 30


def test_the_editors_history_tells_a_change_in_words(
    client: Client, portal_site: None, stored: Requirement
) -> None:
    administrator = PersonFactory(administrator=True)
    change_requirement(requirement=stored, seen=TERMS, terms=Terms(None, 14), actor=administrator)
    client.force_login(administrator)
    shown = client.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert "Requirement changed" in shown
    assert newest_line().message.endswith(
        "by 2026-12-04, 30 days for joiners → 14 days for joiners"
    )


def past(requirement: Requirement) -> list[tuple[date | None, int, date, date]]:
    rows = PastRequirement.objects.filter(module=requirement.module).order_by("pk")
    return [(row.due_on, row.joiner_days, row.known_from, row.known_until) for row in rows]


def test_what_was_asked_until_a_change_or_a_removal_is_kept(
    actor: User, stored: Requirement
) -> None:
    Requirement.objects.update(known_from=TODAY - 9 * A_DAY)
    only = Terms(None, 14, ("lead",), ("Adviser",), TODAY + A_DAY)
    change_requirement(requirement=stored, seen=TERMS, terms=only, actor=actor)
    stored.refresh_from_db()
    assert (terms_of(stored), stored.known_from) == (only, TODAY)
    assert past(stored) == [(FRIDAY, 30, TODAY - 9 * A_DAY, TODAY)]
    tomorrow = NOW + A_DAY
    drop_requirement(requirement=stored, seen=only, actor=actor, at=tomorrow)
    assert past(stored)[1:] == [(None, 14, TODAY, TODAY + A_DAY)]
    kept = PastRequirement.objects.latest("pk")
    assert (kept.levels, kept.titles, kept.starts_on) == (["lead"], ["Adviser"], TODAY + A_DAY)


def test_what_is_put_right_on_the_same_day_leaves_no_past(actor: User, stored: Requirement) -> None:
    change_requirement(requirement=stored, seen=TERMS, terms=Terms(None, 7), actor=actor)
    assert past(stored) == []


def test_each_act_is_in_the_log_of_the_department(actor: User) -> None:
    department, module = DepartmentFactory(), ModuleFactory()
    stored = require_module(department=department, module=module, terms=TERMS, actor=actor)
    change_requirement(requirement=stored, seen=TERMS, terms=Terms(None, 7), actor=actor)
    drop_requirement(requirement=stored, seen=Terms(None, 7), actor=actor)
    lines = AuditLine.objects.filter(department=department, module=module, by=actor)
    before, after = {"due_on": "2026-12-04", "joiner_days": 30}, {"due_on": None, "joiner_days": 7}
    assert [(each.kind, each.before, each.after) for each in lines.order_by("pk")] == [
        ("required", {}, before),
        ("changed", before, after),
        ("dropped", after, {}),
    ]
