"""Loads Wrenfield Broadband through the importers that a customer uses, then plays its weeks."""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from django.db import transaction
from wagtail.models import Site

from customers.importers.changes import import_process_changes
from customers.importers.measures import import_measures
from customers.importers.readings import import_readings
from departments.actions.rolling import roll_up
from departments.importers.chains import import_chains
from departments.importers.people import import_people
from departments.importers.requirements import import_requirements
from departments.models import Membership, Requirement
from knowledge.importers.content import import_content
from knowledge.models import ModulePage
from portal.actions import prepare_portal
from portal.demo.accounts import ADMINISTRATOR, open_sign_ins
from portal.demo.beliefs import play_beliefs
from portal.demo.flags import fly_flags
from portal.demo.handoffs import ask_time, hand_over
from portal.demo.launches import ask_for_money_back, launch_summer_sale, plan_launches
from portal.demo.placeholders import anchor_on, filled_copy
from portal.demo.playing import Deed, Player
from portal.demo.stories import BELIEFS, FIRST_LEARNT_ON, story_of
from portal.demo.talk import talk
from portal.demo.threads import sign_threads
from portal.demo.versions import Printer, Version, versions_told
from portal.models import BrandSettings, User
from quizzes.days import organisation_day
from quizzes.importers.questions import import_questions

FILES = Path(__file__).parent / "files"
SEED = 83_000
# A week before anybody began to learn.
ASKED_SINCE = timedelta(days=FIRST_LEARNT_ON - 7)


def is_loaded() -> bool:
    is_there: bool = User.objects.filter(email=ADMINISTRATOR).exists()
    return is_there


@transaction.atomic
def load_demo(*, at: datetime) -> None:
    """The whole demo or nothing. `at` is the moment of installation."""
    prepare_portal()
    anchor = anchor_on(organisation_day(at))
    with tempfile.TemporaryDirectory() as folder:
        files = filled_copy(FILES, Path(folder) / "files", anchor)
        learn(files, anchor, at)
        play_beliefs(files / "beliefs.yaml", anchor)
        measure_promises(files, at)
        plan_launches(files / "campaigns.csv", anchor)
    talk(anchor)
    hand_over(anchor)
    sign_threads(anchor)
    fly_flags(anchor)
    ask_time(anchor)
    launch_summer_sale(anchor)
    ask_for_money_back(anchor)
    BrandSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"name": "Wrenfield Broadband", "short_name": "Wrenfield"},
    )
    open_sign_ins()
    roll_up(at=at)


def learn(files: Path, anchor: date, at: datetime) -> None:
    """Brings in what is known and asked, and lets colleagues live through its weeks."""
    printer = Printer(files / "content", anchor, at)
    weeks, before = split_versions(versions_told(files / "versions.yaml"))
    import_files(files, at, lambda: printer.bring_out(before))
    for module in ModulePage.objects.all():
        own = [version for version in weeks if version.brief == module.brief.slug]
        play_weeks(module, anchor, {v.day: partial(printer.bring_out, [v]) for v in own})


def split_versions(versions: Iterable[Version]) -> tuple[list[Version], list[Version]]:
    """Those that came out while colleagues already learned, or are still to come, and the rest."""
    versions = list(versions)
    weeks = [version for version in versions if version.kind and version.day >= FIRST_LEARNT_ON]
    return weeks, [version for version in versions if version not in weeks]


def import_files(files: Path, at: datetime, bring_out_briefs: Callable[[], None]) -> None:
    import_people(files / "people.csv", at=at)
    bring_out_briefs()
    import_content(files / "content")
    for file in sorted((files / "questions").glob("*.gift")):
        import_questions(file)
    import_chains(files / "chains.csv")
    import_requirements(files / "requirements.csv")
    # The story began before the installation: what was asked then was known then.
    Requirement.objects.update(known_from=anchor_on(organisation_day(at)) + ASKED_SINCE)


def measure_promises(files: Path, at: datetime) -> None:
    import_measures(files / "measures.csv")
    import_readings(files / "readings.csv", at=at)
    import_process_changes(files / "process-changes.csv", at=at)


def play_weeks(
    module: ModulePage, anchor: date, versions: Mapping[int, Callable[[], None]]
) -> None:
    """Day by day what happened: versions in the morning, then everybody who must know the module.

    People act in alphabetical order, with one seed.
    """
    rng = Random(SEED)
    player = Player(module, anchor, rng, BELIEFS.get(module.slug))
    departments = Requirement.objects.filter(module=module).values("department")
    members = Membership.objects.filter(department__in=departments, is_home=True)
    deeds = [
        deed
        for membership in members.select_related("person").order_by("person__email")
        for deed in player.deeds(
            membership.person, story_of(membership.person.email, module.slug, rng)
        )
    ]
    published = [Deed(day, publish) for day, publish in versions.items()]
    for deed in sorted([*published, *deeds], key=lambda deed: deed.day):
        deed.do()
