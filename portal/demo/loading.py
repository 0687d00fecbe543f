"""Loads Wrenfield Broadband through the importers that a customer uses, then plays its weeks."""

import tempfile
from datetime import date, datetime
from pathlib import Path
from random import Random

from django.db import transaction
from wagtail.models import Site

from departments.importers.chains import import_chains
from departments.importers.people import import_people
from departments.importers.requirements import import_requirements
from departments.models import Membership, Requirement
from knowledge.importers.content import import_content
from knowledge.models import ModulePage
from portal.actions import prepare_portal
from portal.demo.accounts import ADMINISTRATOR, open_sign_ins
from portal.demo.placeholders import anchor_on, filled_copy
from portal.demo.playing import Player
from portal.demo.stories import story_of
from portal.models import BrandSettings, User
from quizzes.days import organisation_day
from quizzes.importers.questions import import_questions

FILES = Path(__file__).parent / "files"
SEED = 83_000


def is_loaded() -> bool:
    is_there: bool = User.objects.filter(email=ADMINISTRATOR).exists()
    return is_there


@transaction.atomic
def load_demo(*, at: datetime) -> None:
    """The whole demo or nothing. `at` is the moment of installation."""
    prepare_portal()
    day = organisation_day(at)
    with tempfile.TemporaryDirectory() as folder:
        import_files(filled_copy(FILES, Path(folder) / "files", anchor_on(day)), at)
    for module in ModulePage.objects.all():
        play_weeks(module, day)
    BrandSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"name": "Wrenfield Broadband", "short_name": "Wrenfield"},
    )
    open_sign_ins()


def import_files(files: Path, at: datetime) -> None:
    import_people(files / "people.csv", at=at)
    import_content(files / "content")
    for file in sorted((files / "questions").glob("*.gift")):
        import_questions(file)
    import_chains(files / "chains.csv")
    import_requirements(files / "requirements.csv")


def play_weeks(module: ModulePage, day: date) -> None:
    """Everybody who must know the module, in alphabetical order, with one seed."""
    rng = Random(SEED)
    player = Player(module, anchor_on(day), rng)
    departments = Requirement.objects.filter(module=module).values("department")
    members = Membership.objects.filter(department__in=departments, is_home=True)
    for membership in members.select_related("person").order_by("person__email"):
        player.play(membership.person, story_of(membership.person.email, module.slug, rng))
