from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from quizzes.actions.reviewing import review_questions


class Command(BaseCommand):
    help = "Holds back the questions that figures speak against, until somebody has looked at them."

    def handle(self, **_options: Any) -> None:
        opened = review_questions(timezone.now())
        for review in opened:
            question = review.version.question
            self.stdout.write(f"{question.module.title}: {question.name}")
        self.stdout.write(f"Held back: {len(opened)}")
