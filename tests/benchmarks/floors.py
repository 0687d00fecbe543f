"""The same work written by hand: what nothing that stands on Django can undercut.

A floor opens the session, finds the person, asks one statement and fills a bare template. It has
no navigation, no branding, no permission and no translation.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import StringIO
from itertools import groupby
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.test.utils import override_settings
from django.urls import path
from django.utils import timezone

from portal.models import User
from quizzes.models import Answer, Attempt

TEAM_SQL = """
SELECT person.id, person.first_name, person.last_name, standing.ready_until,
       standing.practice_from
FROM departments_membership membership
JOIN portal_user person ON person.id = membership.person_id
JOIN quizzes_standing standing ON standing.person_id = person.id
WHERE membership.department_id = %s AND membership.is_home AND membership.ends_on IS NULL
ORDER BY person.last_name, person.first_name, person.id, standing.module_id
"""
ORGANISATION_SQL = """
SELECT department.id, department.name, rollup.ready, rollup.needed
FROM departments_department department
JOIN departments_readinessrollup rollup ON rollup.department_id = department.id
WHERE department.depth = 2
ORDER BY department.path, rollup.module_id
"""
EXPORT_SQL = """
SELECT person.first_name, person.last_name, department.name, page.title, standing.ready_until,
       standing.practice_from
FROM portal_user person
JOIN departments_membership membership ON membership.person_id = person.id
JOIN departments_department department ON department.id = membership.department_id
JOIN quizzes_standing standing ON standing.person_id = person.id
JOIN wagtailcore_page page ON page.id = standing.module_id
WHERE membership.is_home AND membership.ends_on IS NULL AND department.path LIKE %s
  AND standing.module_id IN (
    SELECT requirement.module_id
    FROM departments_requirement requirement
    JOIN departments_department asking ON asking.id = requirement.department_id
    WHERE asking.path = %s)
ORDER BY person.id, standing.module_id
"""
# Of each link, how many need the module and how many will be ready that day.
CHAIN_SQL = """
SELECT department.name, link.part, COUNT(*),
       COUNT(CASE WHEN standing.ready_until >= %s THEN 1 END)
FROM departments_link link
JOIN departments_department department ON department.id = link.department_id
JOIN departments_department part ON part.path LIKE department.path || '%%'
JOIN departments_membership membership ON membership.department_id = part.id
LEFT JOIN quizzes_standing standing
  ON standing.person_id = membership.person_id AND standing.module_id = %s
WHERE link.promise_id = %s AND membership.is_home AND membership.ends_on IS NULL
GROUP BY link.id, link.sort_order, department.name, link.part
ORDER BY link.sort_order
"""
ROWS_AT_ONCE = 5_000
LESSON_SQL = """
SELECT page.title, lesson.one_breath, lesson.body
FROM knowledge_lessonpage lesson JOIN wagtailcore_page page ON page.id = lesson.page_ptr_id
WHERE page.slug = %s
"""
TEAM_TEMPLATE = """<!doctype html><title>Team</title><h1>{{ person.first_name }}</h1><table>
{% for name, cells in rows %}<tr><th>{{ name }}</th>{% for state, day in cells %}<td><span class="
{{ state }}">{{ day }}</span>PADDING</td>{% endfor %}</tr>{% endfor %}</table>"""
ORGANISATION_TEMPLATE = """<!doctype html><title>All</title><h1>{{ person.first_name }}</h1><table>
{% for name, cells in rows %}<tr><th>{{ name }}</th>{% for ready, needed in cells %}<td>{{ ready }}
of {{ needed }}PADDING</td>{% endfor %}</tr>{% endfor %}</table>"""
CHAIN_TEMPLATE = """<!doctype html><title>Chain</title><h1>{{ person.first_name }}</h1><ol>
{% for name, part, needed, ready in links %}<li>{{ name }}: {{ part }} {{ ready }} of {{ needed }}
</li>{% endfor %}</ol>"""
LESSON_TEMPLATE = """<!doctype html><title>{{ title }}</title><p>{{ person.first_name }}</p>
<h1>{{ title }}</h1><div>{{ body }}</div><p>{{ one_breath }}</p>"""

# What `startproject` writes, without the check of tokens: the floor's forms have none.
FLOOR_MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)

type Page = Callable[..., HttpResponse]


def floor_application(padding: str = "") -> WSGIHandler:
    """`padding` goes into each cell of the team's table, to make the page as long as ours."""
    floor_views["team"] = team_view(template(TEAM_TEMPLATE.replace("PADDING", padding)))
    floor_views["organisation"] = organisation_view(
        template(ORGANISATION_TEMPLATE.replace("PADDING", padding))
    )
    with override_settings(
        MIDDLEWARE=[*FLOOR_MIDDLEWARE, "tests.benchmarks.floors.floor_addresses"]
    ):
        return WSGIHandler()


def floor_addresses(get_response: Callable[[HttpRequest], HttpResponse]) -> Page:
    def with_own_addresses(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return with_own_addresses


def template(source: str) -> Any:
    return engines["django"].from_string(source)


def person_of(request: HttpRequest) -> User:
    person: User = User.objects.get(pk=request.session[SESSION_KEY])
    return person


def team_view(page: Any) -> Page:
    def team(request: HttpRequest, department: int) -> HttpResponse:
        person = person_of(request)
        with connection.cursor() as cursor:
            cursor.execute(TEAM_SQL, [department])
            rows = list(by_person(cursor.fetchall(), timezone.localdate()))
        return HttpResponse(page.render({"person": person, "rows": rows}))

    return team


def organisation_view(page: Any) -> Page:
    def organisation(request: HttpRequest) -> HttpResponse:
        person = person_of(request)
        with connection.cursor() as cursor:
            cursor.execute(ORGANISATION_SQL)
            groups = groupby(cursor.fetchall(), key=lambda record: record[:2])
            rows = [(key[1], [record[2:] for record in group]) for key, group in groups]
        return HttpResponse(page.render({"person": person, "rows": rows}))

    return organisation


def by_person(
    records: Iterable[Sequence[Any]], today: date
) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    for _pk, group in groupby(records, key=lambda record: record[0]):
        cells = list(group)
        yield (
            f"{cells[0][1]} {cells[0][2]}",
            [(state_of(cell, today), str(cell[3] or "")) for cell in cells],
        )


def state_of(cell: Sequence[Any], today: date) -> str:
    _pk, _given_name, _family_name, ready_until, practice_from = cell
    if ready_until is None:
        return "started"
    if as_day(ready_until) < today:
        return "lapsed"
    return "practice-due" if as_day(practice_from) <= today else "ready"


def as_day(value: date | str) -> date:
    """SQLite hands dates over as text where a statement is written by hand."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def export(request: HttpRequest, root: str) -> StreamingHttpResponse:
    """A line for each person and module, sent while they are read."""
    person_of(request)
    return StreamingHttpResponse(exported(root, timezone.localdate()), content_type="text/csv")


def exported(root: str, today: date) -> Iterable[str]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(EXPORT_SQL, [f"{root}%", root])
        while records := cursor.fetchmany(ROWS_AT_ONCE):
            piece = StringIO()
            csv.writer(piece).writerows(
                (f"{given} {family}", department, title, floor_state(until, due, today), until)
                for given, family, department, title, until, due in records
            )
            yield piece.getvalue()


def floor_state(ready_until: date | str | None, due: date | str | None, today: date) -> str:
    return state_of((0, "", "", ready_until, due), today)


def lesson(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    with connection.cursor() as cursor:
        cursor.execute(LESSON_SQL, [slug])
        title, one_breath, body = cursor.fetchone()
    context = {"person": person, "title": title, "one_breath": one_breath, "body": body}
    return HttpResponse(lesson_page.render(context))


def chain(request: HttpRequest, promise: int, module: int, day: str) -> HttpResponse:
    person = person_of(request)
    asked = day if connection.vendor == "sqlite" else date.fromisoformat(day)
    with connection.cursor() as cursor:
        cursor.execute(CHAIN_SQL, [asked, module, promise])
        links = cursor.fetchall()
    return HttpResponse(chain_page.render({"person": person, "links": links}))


def attempt(request: HttpRequest, module: int, questions: str) -> HttpResponse:
    """An attempt with all its answers, written at once."""
    person, now = person_of(request), timezone.now()
    with transaction.atomic():
        made = Attempt.objects.create(
            person=person,
            module_id=module,
            version=1,
            started_at=now,
            finished_at=now,
            is_passed=True,
        )
        Answer.objects.bulk_create(
            Answer(
                attempt=made,
                question_id=int(question),
                position=position,
                response=[position],
                sureness="sure",
                is_right=True,
                answered_at=now,
            )
            for position, question in enumerate(questions.split("-"), start=1)
        )
    return HttpResponse("Stored")


def team(request: HttpRequest, department: int) -> HttpResponse:
    return floor_views["team"](request, department)


def organisation(request: HttpRequest) -> HttpResponse:
    return floor_views["organisation"](request)


floor_views: dict[str, Page] = {}
lesson_page = template(LESSON_TEMPLATE)
chain_page = template(CHAIN_TEMPLATE)

urlpatterns = [
    path("team/<int:department>/", team),
    path("organisation/", organisation),
    path("export/<slug:root>/", export),
    path("lesson/<slug:slug>/", lesson),
    path("chain/<int:promise>/<int:module>/<slug:day>/", chain),
    path("attempt/<int:module>/<slug:questions>/", attempt),
]
