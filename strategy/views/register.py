from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from departments.exports import csv_file
from knowledge.forms import PromiseListForm
from knowledge.views.reaching import colleague
from quizzes.days import organisation_today
from strategy.exports.register import register_csv
from strategy.reports.register import promises_listed, register_lines


@require_safe
def register_export(request: HttpRequest) -> StreamingHttpResponse:
    """All that was asked of the page, with the same filters, on one sheet."""
    reader, on = colleague(request), organisation_today()
    promises = promises_listed(PromiseListForm(request.GET), reader, on=on)
    lines = register_lines(promises, reader, on=on)
    return csv_file(register_csv(lines), f"promises-{on.isoformat()}")
