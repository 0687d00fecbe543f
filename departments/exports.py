"""Files that are taken out: the very rows of the screen, or what an import takes back."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.contrib.auth.models import AbstractUser
from django.http import StreamingHttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from departments.models import Belief, Link, TeamBelief
from departments.reports import WrittenRequirement
from departments.reports.audit import LogLine
from departments.reports.misconceptions import Line
from departments.reports.organisation import Overview
from departments.reports.pulse import Month
from departments.reports.pulse_told import month_name, rows_of
from departments.reports.roster import (
    COLUMNS,
    FULL_COLUMNS,
    RosterRow,
    department_paths,
    joined_paths,
    roster,
)
from knowledge.importers.cells import csv_head, csv_line, neutralised
from knowledge.importers.workbooks import workbook


def people_csv(people: Iterable[AbstractUser], *, on: date) -> Iterator[str]:
    """Lines of CSV that `import_people` takes back unchanged: one per person, her latest place."""
    yield csv_head(COLUMNS)
    for row in roster(people, on=on):
        yield csv_line(people_row(row))


def people_xlsx(people: Iterable[AbstractUser], *, on: date) -> bytes:
    """The same as a workbook."""
    rows = ([neutralised(cell) for cell in people_row(row)] for row in roster(people, on=on))
    return workbook([COLUMNS, *rows], name=_("People"))


def people_row(row: RosterRow) -> list[str]:
    names = [row.person.email, row.person.first_name, row.person.last_name]
    groups = ";".join(row.groups)
    also_in = joined_paths(row.also_in)
    if row.membership is None:
        return [*names, *[""] * (len(FULL_COLUMNS) - 4), groups, "", also_in]
    place = row.membership
    days = (place.starts_on, place.ends_on, place.leave_from, place.leave_to)
    told = [day.isoformat() if day else "" for day in days]
    path = "/".join(row.department)
    return [*names, path, place.title, row.role, *told, groups, place.level, also_in]


def csv_file(lines: Iterable[str], name: str) -> StreamingHttpResponse:
    """`name` is without its ending."""
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def day_in_file(day: date | None) -> str:
    return day.isoformat() if day else ""


def organisation_csv(overview: Overview) -> Iterator[str]:
    """Lines of CSV: a department and a module each, with what the page shows of them."""
    yield csv_head(
        [
            _("Department"),
            _("Module"),
            _("Ready on %(day)s") % {"day": overview.on.isoformat()},
            _("Needed"),
            _("Ready on the version before"),
        ]
    )
    itself = _("%(name)s itself") % {"name": overview.name}
    parts = [(itself if line.is_direct else line.name, line.sums) for line in overview.lines]
    for name, sums in [*parts, (_("All"), overview.columns)]:
        for title, each in zip(overview.titles, sums, strict=True):
            if each.is_hidden:
                yield csv_line([name, title, _("Too few to show"), "", ""])
            elif each.tally:
                figures = (each.tally.ready, each.tally.needed, each.tally.previous)
                yield csv_line([name, title, *map(str, figures)])


def requirements_csv(requirements: Iterable[WrittenRequirement]) -> Iterator[str]:
    """Lines of CSV that `import_requirements` takes back unchanged."""
    yield csv_head(["department", "module", "due", "levels", "titles", "from"])
    for requirement in requirements:
        terms = requirement.terms
        days = f"{terms.joiner_days} days"
        due = f"{terms.due_on.isoformat()}, {days}" if terms.due_on else days
        path = "/".join(requirement.department)
        limits = [";".join(terms.levels), ";".join(terms.titles), day_in_file(terms.starts_on)]
        yield csv_line([path, requirement.module_slug, due, *limits])


def log_csv(lines: Iterable[LogLine]) -> Iterator[str]:
    """Lines of CSV: one for each act, told as on the page; times are the organisation's."""
    yield csv_head(
        [
            _("When"),
            _("What"),
            _("Whom or what"),
            _("Department"),
            _("Who"),
            _("Reason"),
            _("Before"),
            _("After"),
        ]
    )
    for line in lines:
        when = localtime(line.at).strftime("%Y-%m-%d %H:%M")
        told = [line.kind, line.about, line.department, line.by, line.reason]
        yield csv_line([when, *told, line.before, line.after])


def chains_csv() -> Iterator[str]:
    """Lines of CSV that `import_chains` takes back unchanged, of all published promises."""
    yield csv_head(["promise", "department", "part", "standard", "influence", "share", "at_least"])
    paths = department_paths()
    links = Link.objects.filter(promise__live=True).order_by("promise__path", "sort_order")
    for slug, department, part, standard, influence, share, at_least in links.values_list(
        "promise__slug", "department_id", "part", "standard", "influence", "share", "at_least"
    ):
        place = [slug, "/".join(paths[department]), part, standard]
        yield csv_line([*place, influence, str(share), str(at_least or "")])


def misconceptions_csv(lines: Iterable[Line]) -> Iterator[str]:
    """Lines of CSV: the total of each mistake, then its departments, told as on the page."""
    yield csv_head(
        [
            _("Brief"),
            _("Fact"),
            _("Sentence"),
            _("Question"),
            _("What they are sure of"),
            _("Department"),
            _("Asked"),
            _("Sure"),
        ]
    )
    for line in lines:
        fact = line.fact
        told = [fact.brief.title, fact.title, fact.statement, line.question.stem, line.said]
        cells = [(_("All"), line.total), *((one.name, one.cell) for one in line.departments)]
        for name, cell in cells:
            yield csv_line([*told, name or _("Other teams"), str(cell.n), cell.in_file])


def pulse_csv(months: Iterable[Month]) -> Iterator[str]:
    """Lines of CSV: of each month the total and its departments, then what was said, as shown."""
    yield csv_head(
        [
            _("Month"),
            _("Promise"),
            _("Department"),
            _("Answers"),
            *map(str, Belief.labels),
            _("In words"),
            _("Could answer"),
            _("Of 10 customers, as colleagues see it"),
        ]
    )
    for month in months:
        named = [month_name(month), month.promise.title]
        estimate = "" if month.of_ten is None else str(month.of_ten)
        for row in rows_of(month):
            counts = map(str, row.counts or ("", "", ""))
            yield csv_line(
                [*named, row.name, str(row.n), *counts, row.words, str(month.asked), estimate]
            )
        for text in month.words:
            yield csv_line([*named, _("Everybody"), *[""] * 4, text, "", ""])
        for belief in month.teams:
            yield csv_line([*named, *agreed_row(belief)])


def agreed_row(belief: TeamBelief) -> list[str]:
    """What a team agreed on counts as no answer of a person."""
    told = [belief.get_belief_display(), belief.sentence]
    estimate = "" if belief.of_ten is None else str(belief.of_ten)
    return [belief.department.name, *[""] * 4, ": ".join(filter(None, told)), "", estimate]
