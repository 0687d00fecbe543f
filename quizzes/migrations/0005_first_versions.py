"""Gives every question that was ever drawn its first version, and every answer its mark."""

import hashlib
import json
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Case, Value, When
from django.utils import timezone


def make_versions(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    answers = apps.get_model("quizzes", "Answer").objects
    answers.filter(mark=None).exclude(is_right=None).update(
        mark=Case(When(is_right=True, then=Value(1.0)), default=Value(0.0))
    )
    drawn = answers.filter(version=None).values("question")
    for question in apps.get_model("quizzes", "Question").objects.filter(pk__in=drawn):
        version = first_version(apps, question)
        answers.filter(question=question, version=None).update(version=version)


def first_version(apps: Apps, question: Any) -> Any:
    options = apps.get_model("quizzes", "Option").objects.filter(question_id=question.pk)
    ordered = list(options.order_by("sort_order", "pk"))
    asked = {
        "kind": question.kind,
        "stem": question.stem,
        "situation": "",
        "picture": None,
        "picture_alt": "",
        "options": [
            {"pk": one.pk, "text": one.text, "is_right": one.is_right, "pair": ""}
            for one in ordered
        ],
        "number": None if question.number is None else f"{question.number.normalize():f}",
        "tolerance": f"{question.tolerance.normalize():f}",
        "unit": question.unit,
        "slips": question.slips,
        "model_answer": question.model_answer,
    }
    told = {
        "explanation": question.explanation,
        "feedback": [one.feedback for one in ordered],
    }
    return apps.get_model("quizzes", "QuestionVersion").objects.create(
        question=question,
        number=1,
        fingerprint=fingerprint(asked),
        asked_words=asked,
        told_words=told,
        made_at=timezone.now(),
    )


def fingerprint(asked: dict[str, Any]) -> str:
    """As `quizzes.asking` reckoned it on the day of this migration."""
    options = [{k: v for k, v in one.items() if k != "pk"} for one in asked["options"]]
    text = json.dumps({**asked, "options": options}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def drop_versions(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("quizzes", "Answer").objects.update(version=None, mark=None)
    apps.get_model("quizzes", "QuestionVersion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0004_question_versions"),
    ]

    operations = [
        migrations.RunPython(make_versions, drop_versions),
    ]
