"""The portal that is broken on purpose: `python -m tests.safety.house furnish|tell|race`.

A process of its own, because whoever breaks the server must not share its settings. `furnish`
makes people and modules in the database that VAR_DIR or DATABASE_URL names; `tell` writes down,
as JSON, all that it holds of sittings; `race` plays races through the actions.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import django

MODULES = 4
QUESTIONS = 24
QUESTIONS_DRAWN = 8
# Each of them has two devices.
RACERS = 4


def main(arguments: Sequence[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")
    django.setup()
    match arguments:
        case ["furnish", people]:
            sys.stdout.write(json.dumps(furnish(int(people))))
        case ["tell"]:
            sys.stdout.write(json.dumps(tell()))
        case ["race", races, rushes, starts, seed]:
            sys.stdout.write(json.dumps(race(int(races), int(rushes), int(starts), seed)))
        case _:
            sys.exit(__doc__)


def furnish(people: int) -> dict[str, Any]:
    """Returns a session for each e-mail, and the slugs of the modules.

    Nobody signs in: five hundred at once from one machine would be told to wait, as an intruder.
    """
    from django.core.management import call_command  # noqa: PLC0415  (Django is set up only now)

    from portal.actions import prepare_portal  # noqa: PLC0415
    from quizzes.models import QuizSettings  # noqa: PLC0415
    from tests.factories import module_with_questions  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    _put_empty_fonts()
    call_command("collectstatic", verbosity=0, interactive=False)
    prepare_portal()
    QuizSettings.objects.update_or_create(defaults={"questions_drawn": QUESTIONS_DRAWN})
    return {
        "people": dict(_signed_in() for _ in range(people)),
        "modules": [module_with_questions(QUESTIONS).slug for _ in range(MODULES)],
    }


def _put_empty_fonts() -> None:
    """Nobody looks at the letters here, and making them takes seconds."""
    from django.conf import settings  # noqa: PLC0415

    from portal.fonts import FACES  # noqa: PLC0415

    folder = settings.ASSETS_DIR / "portal" / "fonts"
    folder.mkdir(parents=True)
    for face in FACES:
        (folder / f"{face.name}.woff2").touch()


def _signed_in() -> tuple[str, dict[str, str]]:
    from django.test import Client  # noqa: PLC0415

    from tests.factories import PersonFactory  # noqa: PLC0415

    person, client = PersonFactory(password=None), Client()
    client.force_login(person)
    return person.email, {name: morsel.value for name, morsel in client.cookies.items()}


def tell() -> dict[str, Any]:
    from quizzes.models import Attempt, Card, StandingEvent  # noqa: PLC0415

    attempts = Attempt.objects.order_by("started_at", "pk").select_related("person", "module")
    cards = Card.objects.values_list("person__email", "question_id")
    events = StandingEvent.objects.order_by("at", "pk")
    return {
        "sittings": [_sitting(attempt) for attempt in attempts.prefetch_related("answers__late")],
        "cards": list(cards),
        "events": list(events.values_list("person__email", "module__slug", "kind")),
    }


def race(races: int, rushes: int, starts: int, seed: str) -> dict[str, Any]:
    """What the races came to, and the rushes in which one person starts so many times at once."""
    from django.utils import timezone  # noqa: PLC0415

    from knowledge.models import ModulePage  # noqa: PLC0415
    from tests.factories import PersonFactory  # noqa: PLC0415
    from tests.safety.racing import play, rush  # noqa: PLC0415

    # In the morning, so that no day ends in the middle of a race.
    at, module = timezone.now().replace(hour=9), ModulePage.objects.earliest("pk")
    people = [
        PersonFactory(email=f"racer{number}@example.com", password=None)
        for number in range(RACERS + rushes)
    ]
    tally = play(people[:RACERS], module, at, races, seed)
    tally.attempts_doubled += rush(people[RACERS:], module, at, starts)
    return asdict(tally)


def _sitting(attempt: Any) -> dict[str, Any]:
    return {
        "person": attempt.person.email,
        "module": attempt.module.slug,
        "kind": attempt.kind,
        "is_finished": attempt.finished_at is not None,
        "is_passed": attempt.is_passed,
        "answers": [
            {
                "question": answer.question_id,
                "position": answer.position,
                "order": answer.option_order,
                "response": answer.response,
                "sureness": answer.sureness,
                "is_right": answer.is_right,
                "late": [late.response for late in answer.late.all()],
            }
            for answer in attempt.answers.all()
        ],
    }


if __name__ == "__main__":
    main(sys.argv[1:])
