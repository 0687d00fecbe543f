"""A colleague's own history: nobody else has an address for it."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.importers.cells import csv_head, csv_line
from knowledge.views.reaching import colleague
from quizzes.days import organisation_today
from quizzes.reports.history import History, PastAnswer, PastEvent, PastSitting

SITTINGS_ON_A_PAGE = 20


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    own = History(colleague(request))
    sheet = Paginator(own.attempts, SITTINGS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"sheet": sheet, "sittings": list(own.sittings(sheet.object_list))}
    return render(request, "quizzes/history.html", context)


@require_safe
def history_file(request: HttpRequest, what: str) -> StreamingHttpResponse:
    """All of it as JSON, or a list for a spreadsheet: answers, or what moved her dates."""
    if what not in FILES:
        raise Http404
    write, ending, kind = FILES[what]
    response = StreamingHttpResponse(write(History(colleague(request))), content_type=kind)
    name = f"my-{what}-{organisation_today().isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def answers_csv(own: History) -> Iterator[str]:
    yield csv_head(
        [
            _("Module"),
            _("What it was"),
            _("Started"),
            _("Handed in"),
            _("Passed"),
            _("Question"),
            _("What was asked"),
            _("What I answered"),
            _("What is right"),
            _("Counts as"),
            _("How sure I was"),
            _("Answered"),
            _("Taken out"),
            _("Put right"),
            _("Sent later"),
        ]
    )
    for sitting in own.sittings():
        for answer in sitting.answers:
            yield csv_line([*sitting_cells(sitting), *answer_cells(answer)])


def sitting_cells(sitting: PastSitting) -> list[str]:
    attempt = sitting.attempt
    return [
        sitting.module,
        attempt.get_kind_display(),
        in_file(attempt.started_at),
        in_file(attempt.finished_at),
        yes_or_no(is_so=attempt.is_passed),
    ]


def answer_cells(answer: PastAnswer) -> list[str]:
    corrections = [f"{in_file(one.at)} {one.reason}".strip() for one in answer.corrections]
    return [
        str(answer.position),
        answer.asked,
        answer.given,
        answer.right,
        figure(answer.mark),
        answer.sureness,
        in_file(answer.answered_at),
        yes_or_no(is_so=answer.is_void),
        "; ".join(corrections),
        "; ".join(f"{in_file(late.at)} {late.given}".strip() for late in answer.late),
    ]


def dates_csv(own: History) -> Iterator[str]:
    yield csv_head(
        [
            _("When"),
            _("What happened"),
            _("Module"),
            _("Ready until, before"),
            _("Ready until"),
            _("Practice from"),
        ]
    )
    for event in own.events():
        days = (event.ready_from, event.ready_to, event.practice_from)
        told = [in_file(event.at), event.kind, event.module, *(in_file(day) for day in days)]
        yield csv_line(told)


def all_json(own: History) -> Iterator[str]:
    """Written piece by piece: years of practice needn't stand in memory as one text."""
    sittings = (sitting_json(sitting) for sitting in own.sittings())
    yield '{"sittings": ['
    yield from joined_json(sittings)
    yield '], "dates": ['
    yield from joined_json(event_json(event) for event in own.events())
    yield "]}\n"


def joined_json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)


def sitting_json(sitting: PastSitting) -> dict[str, Any]:
    attempt = sitting.attempt
    return {
        "module": sitting.module,
        "kind": attempt.kind,
        "started_at": in_file(attempt.started_at),
        "finished_at": in_file(attempt.finished_at),
        "is_passed": attempt.is_passed,
        "answers": [answer_json(answer) for answer in sitting.answers],
    }


def answer_json(answer: PastAnswer) -> dict[str, Any]:
    return {
        "position": answer.position,
        "asked": answer.asked,
        "given": answer.given,
        "right": answer.right,
        "mark": answer.mark,
        "is_void": answer.is_void,
        "sureness": answer.sureness,
        "answered_at": in_file(answer.answered_at),
        "corrections": [
            {
                "at": in_file(one.at),
                "reason": one.reason,
                "mark_before": one.mark_before,
                "mark_after": one.mark_after,
            }
            for one in answer.corrections
        ],
        "late": [{"at": in_file(late.at), "given": late.given} for late in answer.late],
    }


def event_json(event: PastEvent) -> dict[str, Any]:
    return {
        "at": in_file(event.at),
        "kind": event.kind,
        "module": event.module,
        "ready_from": in_file(event.ready_from),
        "ready_to": in_file(event.ready_to),
        "practice_from": in_file(event.practice_from),
    }


def in_file(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).isoformat(timespec="seconds")
    return moment.isoformat()


def figure(mark: float | None) -> str:
    return "" if mark is None else f"{mark:.4g}"


def yes_or_no(*, is_so: bool | None) -> str:
    return "" if is_so is None else _("yes") if is_so else _("no")


FILES = {
    "answers": (answers_csv, "csv", "text/csv; charset=utf-8"),
    "dates": (dates_csv, "csv", "text/csv; charset=utf-8"),
    "history": (all_json, "json", "application/json"),
}
