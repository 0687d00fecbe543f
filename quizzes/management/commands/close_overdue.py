from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from quizzes.actions import close_overdue


class Command(BaseCommand):
    help = "Hands in quizzes that were left open when their day was over. Run it by the clock."

    def handle(self, *args: Any, **options: Any) -> None:
        closed = close_overdue(timezone.now())
        self.stdout.write(f"Quizzes that were handed in, as their day is over: {closed}")
