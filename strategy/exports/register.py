"""The promise register as a file: the rows of the page, in its order and its words."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from knowledge.importers.cells import csv_head, csv_line
from strategy.reports.register import RegisterLine
from strategy.reports.register_words import (
    because_told,
    evidence_told,
    launch_told,
    links_told,
    overrides_told,
    verdict_told,
    waits_told,
)


def register_csv(lines: Iterable[RegisterLine]) -> Iterator[str]:
    yield csv_head(
        [
            _("Promise"),
            _("Sentence"),
            _("Pilot"),
            _("Claims"),
            _("Verdict"),
            _("Because"),
            _("Evidence"),
            _("Links met"),
            _("Waiting on"),
            _("Owner"),
            _("Next launch"),
            _("Launches by agreement"),
        ]
    )
    for line in lines:
        promise = line.promise
        yield csv_line(
            [
                promise.title,
                promise.sentence,
                _("Yes") if promise.is_pilot else "",
                "; ".join(claim.sentence for claim in promise.claims.all()),
                verdict_told(line),
                because_told(line),
                evidence_told(line),
                links_told(line.thread),
                "; ".join(waits_told(line.thread)),
                line.owner,
                launch_told(line.launch),
                overrides_told(line),
            ]
        )
