"""What a promise's page tells of the next launch day."""

import pytest

from departments.actions.rolling import roll_up
from departments.models import Department, Membership
from departments.reports.drawn import drawn_thread
from strategy.reports.lenses import Lenses, lenses_of
from tests.conftest import NOW
from tests.factories import TODAY, DepartmentFactory, PersonFactory, RequirementFactory
from tests.strategy.staging import Stage, after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]


class Company(Stage):
    """The same in one tree, whose root asks nobody."""

    def department(self, name: str, *, is_asked: bool = True) -> Department:
        root = Department.objects.filter(depth=1).first() or DepartmentFactory(name="Company")
        found: Department = DepartmentFactory(name=name, parent=root)
        if is_asked:
            RequirementFactory(department=found, module=self.module, joiner_days=30)
        return found


def told(stage: Stage) -> Lenses:
    roll_up(at=NOW, is_all=True)
    drawn = drawn_thread(stage.promise, PersonFactory(), on=TODAY)
    return lenses_of(stage.promise, drawn, on=TODAY)


@pytest.mark.parametrize(("leaving", "is_told"), [(0, True), (2, False)])
def test_a_total_ahead_is_told_only_where_no_small_part_follows_from_it(
    leaving: int, is_told: bool
) -> None:
    stage = Company(people=6)
    stage.brief.promises.set([stage.promise])
    stage.brief.save()
    going = Membership.objects.filter(department=stage.finance)[:leaving]
    Membership.objects.filter(pk__in=[each.pk for each in going]).update(ends_on=after(5))
    lenses = told(stage)
    assert lenses.ahead is not None
    assert (lenses.thread.is_shown, lenses.ahead.is_shown) == (True, is_told)
