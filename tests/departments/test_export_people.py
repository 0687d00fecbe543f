import csv
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from departments.exports import people_csv
from departments.importers.people import import_people
from departments.models import Department, Headship, Membership
from knowledge.importers.cells import FORMULA_STARTS
from portal.models import User
from tests.factories import DepartmentFactory, HeadshipFactory, MembershipFactory
from tests.importing import AT, EXAMPLES, demo_files, unchanged

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def exported(folder: Path) -> Path:
    path = folder / "out.csv"
    people = User.objects.order_by("pk")
    path.write_text("".join(people_csv(people, on=TODAY)), encoding="utf-8", newline="")
    return path


def test_what_came_in_goes_out_as_it_came(tmp_path: Path) -> None:
    import_people(EXAMPLES / "people.csv", at=AT)
    with (EXAMPLES / "people.csv").open(encoding="utf-8") as file:
        wanted = list(csv.DictReader(file))
    with exported(tmp_path).open(encoding="utf-8-sig") as file:
        written = list(csv.DictReader(file))
    for row in (*wanted, *written):
        row["groups"] = ";".join(sorted(row["groups"].split(";")))
        row["title"] = row["title"] if row["department"] else ""
    assert written == wanted


def test_the_demo_goes_out_and_comes_in_unchanged(tmp_path: Path) -> None:
    import_people(demo_files(tmp_path) / "people.csv", at=AT)
    path = exported(tmp_path)
    assert import_people(path, at=AT).tally == unchanged(User.objects.count())


def test_an_export_makes_the_same_people_elsewhere(tmp_path: Path) -> None:
    import_people(demo_files(tmp_path) / "people.csv", at=AT)
    before = exported(tmp_path).read_bytes()
    User.objects.all().delete()
    Department.objects.all().delete()
    import_people(tmp_path / "out.csv", at=AT)
    assert exported(tmp_path).read_bytes() == before


AWKWARD = (
    *("=1+1", "-", "'=x", "''-x", "+4'4", "@x", "＝x", "'t Hooft", '"', "'", "n.a.", "Vacancy"),
    *("a, b", " a  b ", "\tx", "é", "x; y", "Line\nbreak", "'\t", "0"),
)


def test_whatever_was_typed_goes_out_and_comes_in_unchanged(tmp_path: Path) -> None:
    for number, text in enumerate(AWKWARD):
        other = AWKWARD[number - 1]
        MembershipFactory(
            person__email=f"'-{number}+=@x.example",
            person__first_name=text,
            person__last_name=other,
            department=Department.add_root(name=text),
            title=other,
        )
    assert import_people(exported(tmp_path), at=AT).tally == unchanged(len(AWKWARD))
    assert Department.objects.count() == len(AWKWARD)


def test_no_cell_that_goes_out_is_a_formula(tmp_path: Path) -> None:
    for text in AWKWARD:
        person = {"person__first_name": text, "person__last_name": text}
        MembershipFactory(**person, department=Department.add_root(name=text), title=text)
    with exported(tmp_path).open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell[:1] in FORMULA_STARTS]


def test_no_times_are_changed_by_going_out_and_coming_in(tmp_path: Path) -> None:
    spells = [
        (TODAY + timedelta(first), None if last is None else TODAY + timedelta(last))
        for first, last in product((-60, -1, 0, 1, 60), (None, -30, -1, 0, 1, 90))
        if last is None or first <= last
    ]
    here, elsewhere = DepartmentFactory.create_batch(2)
    for (starts_on, ends_on), role in product(spells, [None, *spells]):
        membership = MembershipFactory(department=here, starts_on=starts_on, ends_on=ends_on)
        for department in (here, elsewhere) if role else ():
            HeadshipFactory(
                person=membership.person,
                department=department,
                starts_on=role[0] if role else None,
                ends_on=role[1] if role else None,
            )
    count = len(spells) * (len(spells) + 1)
    assert import_people(exported(tmp_path), at=AT).tally == unchanged(count)


def test_nobody_is_changed_by_a_role_with_days_of_its_own(tmp_path: Path) -> None:
    membership = MembershipFactory(starts_on=date(2024, 1, 1))
    role = Headship.objects.create(
        person=membership.person,
        department=membership.department,
        kind=Headship.Kind.DEPUTY,
        starts_on=date(2025, 5, 1),
        ends_on=date(2027, 1, 31),
    )
    assert import_people(exported(tmp_path), at=AT).tally == unchanged(1)
    role.refresh_from_db()
    assert (role.starts_on, role.ends_on) == (date(2025, 5, 1), date(2027, 1, 31))


def test_people_without_department_or_name_go_out_and_come_in(tmp_path: Path) -> None:
    User.objects.create_user("admin@x.example")
    assert import_people(exported(tmp_path), at=AT).tally == unchanged(1)


def test_only_groups_that_a_file_can_give_are_written(tmp_path: Path) -> None:
    person = MembershipFactory().person
    person.groups.add(Group.objects.get_or_create(name="Marketing")[0])
    person.groups.add(Group.objects.create(name="Readers"))
    assert exported(tmp_path).read_text(encoding="utf-8").rstrip().endswith(",Marketing,staff,")


def test_an_export_costs_as_many_queries_for_one_as_for_fifty() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            list(people_csv(User.objects.all(), on=TODAY))
        return len(captured)

    MembershipFactory()
    before = queries()
    MembershipFactory.create_batch(50)
    assert queries() == before


def test_the_command_writes_what_the_import_takes(tmp_path: Path) -> None:
    import_people(EXAMPLES / "people.csv", at=AT)
    path = tmp_path / "people.csv"
    call_command("export_people", str(path))
    assert import_people(path).tally.changed == 0
    assert Membership.objects.count() == 5
