from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from departments.actions.rolling import roll_up


class Command(BaseCommand):
    help = "Counts beforehand how departments stand. Run it by the clock, every few minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="count everything anew, whatever moved or didn't"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = roll_up(at=timezone.now(), is_all=options["all"])
        self.stdout.write(f"Counted: {done.sums}, for what moved: {done.marks}")
