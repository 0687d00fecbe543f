"""What is counted beforehand is what the pages count, whatever happens and whenever."""

from datetime import timedelta

import pytest
import time_machine

from departments.actions.rolling import roll_up
from departments.models import ReadinessRollup, RollupMark
from tests.conftest import NOW
from tests.departments.storming import Storm, raw_figures, stored_figures
from tests.factories import (
    TODAY,
    DepartmentFactory,
    MembershipFactory,
    RequirementFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def test_people_lapse_in_what_was_counted_beforehand() -> None:
    company = DepartmentFactory(name="Company")
    care = DepartmentFactory(name="Care", parent=company)
    module = RequirementFactory(department=company).module
    for trait in ("ready", "lapsed", "practice_due"):
        person = MembershipFactory(department=care).person
        StandingFactory(person=person, module=module, **{trait: True})
    MembershipFactory(department=company, on_leave=True)
    MembershipFactory(department=care, joiner=True)
    soon = {"leave_from": TODAY + 20 * A_DAY, "leave_to": TODAY + 40 * A_DAY}
    elsewhere = MembershipFactory(department=DepartmentFactory(name="Sales"), **soon)
    MembershipFactory(
        department=care, person=elsewhere.person, is_home=False, leave_to=TODAY, leave_from=TODAY
    )

    roll_up(at=NOW)

    assert not RollupMark.objects.exists()
    for days in range(0, 60, 6):
        day = TODAY + days * A_DAY
        assert stored_figures(day) == raw_figures(day), day


@pytest.mark.usefixtures("portal_site")
@pytest.mark.parametrize("seed", [6, 7])
def test_after_any_storm_the_roll_up_is_the_raw_count(
    seed: int, clock: time_machine.Traveller
) -> None:
    storm = Storm(seed, NOW)
    for _ in range(5):
        for _ in range(30):
            storm.strike()
        roll_up(at=storm.at)
        ahead = storm.today + storm.chance.randint(1, 60) * A_DAY
        assert stored_figures(storm.today) == raw_figures(storm.today), storm.struck
        assert stored_figures(ahead) == raw_figures(ahead), storm.struck
        storm.at += storm.chance.randint(0, 25) * A_DAY
        clock.move_to(storm.at)

    roll_up(at=storm.at, is_all=True)
    whole = list(ReadinessRollup.objects.values_list("department", "module", "needed", "ready"))
    assert whole
