"""People and chains as files that an administrator brings in and takes out in the editor."""

from collections.abc import Iterable
from pathlib import Path

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from departments.actions.inviting import invite_apart
from departments.exports import chains_csv, people_csv, people_xlsx
from departments.importers.chains import import_chains
from departments.importers.people import import_people
from departments.permissions import is_administrator
from knowledge.importers.files import MOST_BYTES
from knowledge.importers.registry import Download, FileKind, Wishes
from knowledge.importers.reporting import ImportReport
from knowledge.importers.tables import MOST_BYTES as MOST_BYTES_OF_PEOPLE
from knowledge.models import PromiseIndexPage

SUFFIXES = (".csv", ".txt", ".tsv")
WORKBOOK = ".xlsx"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def bring_in_people(path: Path, wishes: Wishes, /, *, dry_run: bool) -> ImportReport:
    return import_people(
        path,
        dry_run=dry_run,
        encoding=wishes.encoding,
        skip_unsupported=wishes.skip_unsupported,
        is_everybody=wishes.is_everybody,
        leavers=wishes.leavers,
        invite=invite_apart if wishes.invites else None,
    )


def take_out_people(_module: str, wished: str = "") -> Download:
    """In the format that is wished by name."""
    today = timezone.localdate()
    people = get_user_model().objects.order_by("email").iterator()
    name = f"{_('people')}-{today.isoformat()}"
    if wished == "xlsx":
        return Download(f"{name}{WORKBOOK}", WORKBOOK_TYPE, [people_xlsx(people, on=today)])
    return Download(f"{name}.csv", "text/csv; charset=utf-8", people_csv(people, on=today))


def places_of_people() -> Iterable[tuple[str, str]]:
    yield _("People"), reverse("wagtailusers_users:index")


def bring_in_chains(path: Path, _wishes: Wishes, /, *, dry_run: bool) -> ImportReport:
    return import_chains(path, dry_run=dry_run)


def take_out_chains(_module: str) -> Download:
    name = f"{_('chains')}-{timezone.localdate().isoformat()}.csv"
    return Download(name, "text/csv; charset=utf-8", chains_csv())


def places_of_chains() -> Iterable[tuple[str, str]]:
    for index in PromiseIndexPage.objects.in_source_language():
        yield index.title, reverse("wagtailadmin_explore", args=[index.pk])


PEOPLE = FileKind(
    name="people",
    order=30,
    label=gettext_lazy("People and departments"),
    about=gettext_lazy(
        "A table of people with their departments, as the human resources system writes it. "
        "People that it doesn’t name are left alone, unless you say that it is everybody."
    ),
    suffixes=(*SUFFIXES, WORKBOOK),
    most_bytes=MOST_BYTES_OF_PEOPLE,
    may=is_administrator,
    bring_in=bring_in_people,
    take_out=take_out_people,
    places=places_of_people,
    asks={
        "encoding": gettext_lazy("Only where letters look wrong in the table."),
        "skip_unsupported": gettext_lazy("The table says which rows are left out, and why."),
        "is_everybody": gettext_lazy(
            "Their time ends yesterday, and so does what they lead. The table names each of them."
        ),
        "leavers": gettext_lazy(
            "Only for a file that is everybody, and only where more than a tenth leave: their "
            "number, so that no half a file sends half the company home."
        ),
        "invites": gettext_lazy(
            "Each gets one mail with a link to choose a password. Nobody gets it twice."
        ),
    },
    formats={"csv": "CSV", "xlsx": "XLSX"},
)
CHAINS = FileKind(
    name="chains",
    order=40,
    label=gettext_lazy("Who keeps which promise"),
    about=gettext_lazy(
        "A table of what each department does so that a promise comes true, link after link. "
        "Promises that it doesn’t name keep their links."
    ),
    suffixes=SUFFIXES,
    most_bytes=MOST_BYTES,
    may=is_administrator,
    bring_in=bring_in_chains,
    take_out=take_out_chains,
    places=places_of_chains,
)
