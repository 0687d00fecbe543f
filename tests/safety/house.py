"""The portal that is broken on purpose: `python -m tests.safety.house furnish|tell`.

A process of its own, because whoever breaks the server must not share its settings. `furnish`
makes people and modules in the database that VAR_DIR or DATABASE_URL names; `tell` writes down,
as JSON, all that it holds of sittings.
"""

import json
import os
import sys
from collections.abc import Sequence
from io import StringIO
from typing import Any

import django

PASSWORD = "words-for-tests-only"
MODULES = 4
QUESTIONS = 24
QUESTIONS_DRAWN = 8


def main(arguments: Sequence[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")
    django.setup()
    match arguments:
        case ["furnish", people]:
            sys.stdout.write(json.dumps(furnish(int(people))))
        case ["tell"]:
            sys.stdout.write(json.dumps(tell()))
        case _:
            sys.exit(__doc__)


def furnish(people: int) -> dict[str, list[str]]:
    """Returns the e-mails of the people and the slugs of the modules."""
    from django.core.management import call_command  # noqa: PLC0415  (Django is set up only now)

    from portal.actions import prepare_portal  # noqa: PLC0415
    from quizzes.models import QuizSettings  # noqa: PLC0415
    from tests.factories import PersonFactory, module_with_questions  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("build_fonts", stdout=StringIO())
    call_command("collectstatic", verbosity=0, interactive=False)
    prepare_portal()
    QuizSettings.objects.update_or_create(defaults={"questions_drawn": QUESTIONS_DRAWN})
    return {
        "people": [PersonFactory(password=PASSWORD).email for _ in range(people)],
        "modules": [module_with_questions(QUESTIONS).slug for _ in range(MODULES)],
    }


def tell() -> dict[str, Any]:
    from quizzes.models import Attempt, Card, StandingEvent  # noqa: PLC0415

    attempts = Attempt.objects.order_by("started_at", "pk").select_related("person", "module")
    cards = Card.objects.values_list("person__email", "question_id")
    events = StandingEvent.objects.order_by("at", "pk")
    return {
        "sittings": [_sitting(attempt) for attempt in attempts.prefetch_related("answers")],
        "cards": list(cards),
        "events": list(events.values_list("person__email", "module__slug", "kind")),
    }


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
            }
            for answer in attempt.answers.all()
        ],
    }


if __name__ == "__main__":
    main(sys.argv[1:])
