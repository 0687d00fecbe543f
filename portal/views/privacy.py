"""What a person can take away of herself."""

import json
from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from portal.models import User
from portal.reports.everything import everything_about
from portal.views.pages import colleague
from quizzes.days import organisation_today


@require_safe
def everything(request: HttpRequest) -> StreamingHttpResponse:
    """All that is kept about whoever asks, as JSON; nobody else has an address for it."""
    written = as_json(colleague(request))
    response = StreamingHttpResponse(written, content_type="application/json; charset=utf-8")
    name = f"about-me-{organisation_today().isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_json(person: User) -> Iterator[str]:
    yield "{"
    for place, (table, rows) in enumerate(everything_about(person)):
        yield f"{',' if place else ''}\n{json.dumps(table)}: ["
        for number, row in enumerate(rows):
            yield f"{',' if number else ''}\n  {json.dumps(row, cls=DjangoJSONEncoder)}"
        yield "]"
    yield "\n}\n"
