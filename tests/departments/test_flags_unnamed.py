"""Of whoever raises a flag without a name nothing is kept that leads to the person."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from departments.actions.flags import MOST_FLAGS_A_DAY, TooManyUnnamedError
from departments.models import Department, Flag
from knowledge.models import PromisePage
from portal.models import User
from tests.conftest import NOW
from tests.departments.flagging import TEXT, answered, flag_by, kept_promise, team_of
from tests.drafting import signed_in
from tests.factories import A_DAY, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db

PK, NAME, EMAIL = 987_654_321, "Quenchwell", "zenobia@quenchwell.example"
UNNAMED = {"text": TEXT, "name": "unnamed", "tells_department": "on"}


@pytest.fixture
def promise(care: Department) -> PromisePage:
    return kept_promise(care)


@pytest.fixture
def zenobia(care: Department) -> User:
    """Of a key that nothing else has, in a department of five."""
    person: User = PersonFactory(pk=PK, first_name="Zenobia", last_name=NAME, email=EMAIL)
    MembershipFactory(person=person, department=care)
    team_of(care, 4)
    return person


def raise_unnamed(client: Client, promise: PromisePage, **said: str) -> str:
    address = reverse("departments:flag-list", args=[promise.slug])
    return " ".join(client.post(address, UNNAMED | said, follow=True).content.decode().split())


def everything_stored() -> set[str]:
    """Each row of each table, as text."""
    rows = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  (tables of the database itself)
            rows |= {f"{table}: {row}" for row in cursor.fetchall()}
    return rows


def test_no_row_no_mail_and_no_line_of_a_log_leads_to_the_author(
    promise: PromisePage,
    zenobia: User,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client = signed_in(zenobia)
    client.get(reverse("departments:flag-list", args=[promise.slug]))
    before = everything_stored()

    with caplog.at_level(0), django_capture_on_commit_callbacks(execute=True):
        raise_unnamed(client, promise)

    written = everything_stored() - before
    (sent,) = mail.outbox
    traces = "\n".join(
        [*written, str(sent.subject), str(sent.body), caplog.text, *capsys.readouterr()]
    )
    assert traces.count(TEXT) == 2, "The flag is stored once, and in one mail"
    assert [word for word in (str(PK), NAME, EMAIL, "Zenobia") if word in traces] == []


def test_nobody_reads_at_what_hour_it_was_raised(promise: PromisePage, zenobia: User) -> None:
    early = flag_by(zenobia, promise, is_named=False)
    late = flag_by(zenobia, promise, text="and on Fridays", at=NOW.replace(hour=17), is_named=False)

    assert early.raised_at == late.raised_at


def test_no_row_of_a_person_is_held_or_written_meanwhile(
    promise: PromisePage, zenobia: User
) -> None:
    with CaptureQueriesContext(connection) as queries:
        flag_by(zenobia, promise, is_named=False)

    about_people = [asked["sql"] for asked in queries if User._meta.db_table in asked["sql"]]
    assert [sql for sql in about_people if "UPDATE" in sql or "INSERT" in sql] == []


def test_the_department_is_told_where_five_people_work(
    promise: PromisePage, zenobia: User, care: Department
) -> None:
    assert flag_by(zenobia, promise, is_named=False).department == care


def test_a_department_of_four_is_left_out(promise: PromisePage, care: Department) -> None:
    author = team_of(care, 4)[0]

    assert flag_by(author, promise, is_named=False).department is None


def test_the_department_is_left_out_on_demand(promise: PromisePage, zenobia: User) -> None:
    page = raise_unnamed(signed_in(zenobia), promise, tells_department="")

    assert "Thank you for saying so. Grace Owner answers by Tuesday 24 November." in page
    assert Flag.objects.get().department is None


def test_a_promise_takes_ten_of_them_a_day_whoever_raises_them(
    promise: PromisePage, zenobia: User
) -> None:
    for number in range(MOST_FLAGS_A_DAY):
        flag_by(PersonFactory(), promise, text=str(number), is_named=False)

    with pytest.raises(TooManyUnnamedError):
        flag_by(zenobia, promise, is_named=False)
    assert flag_by(zenobia, promise).raised_by == zenobia
    assert flag_by(zenobia, promise, at=NOW + A_DAY, is_named=False).raised_by is None


def test_the_author_cannot_be_told_from_others_when_it_is_answered(
    promise: PromisePage, zenobia: User
) -> None:
    flag = flag_by(zenobia, promise, is_named=False)
    answered(flag)

    page = signed_in(zenobia).get(reverse("departments:flag-detail", args=[flag.pk]))

    assert "This doesn’t answer it" not in page.content.decode()


def test_the_mail_is_in_the_language_of_its_reader(
    promise: PromisePage,
    zenobia: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    # The author's own could tell who it was.
    with translation.override("de"), django_capture_on_commit_callbacks(execute=True):
        flag_by(zenobia, promise, is_named=False)

    assert "Tuesday 24\u00a0November" in mail.outbox[0].body
