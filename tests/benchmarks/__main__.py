"""Measures the workloads that matter: `make bench ARGS="--people 100000"`.

Each is set beside its floor, the same work written by hand, in the same run: the ratio is what
counts, because two machines never agree on milliseconds. Everything happens in a database of its
own: SQLite, or with DATABASE_URL set, a new database on that PostgreSQL server.
"""

import argparse
import sys
from collections.abc import Sequence

from tests.benchmarks.ground import results_folder, throwaway_portal

WORKLOADS = ("W1a", "W1b", "W1c", "W2", "W3", "W4", "W5", "W7a", "W7b")


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    folder = results_folder()
    with throwaway_portal():
        # Readable only now that Django knows its settings.
        from tests.benchmarks.results import tell, write_results  # noqa: PLC0415
        from tests.benchmarks.workloads import measure  # noqa: PLC0415

        figures = []
        for name in options.only or WORKLOADS:
            figures.append(measure(name, people=options.people, rounds=options.rounds))
            tell(figures[-1])
        path = write_results(folder, figures, options)
    sys.stdout.write(f"Written to {path}\n")
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    made.add_argument("--people", type=int, default=20_000, help="to which the organisation grows")
    made.add_argument("--rounds", type=int, default=40, help="how often each page is asked for")
    made.add_argument("--only", nargs="+", choices=WORKLOADS, metavar="WORKLOAD")
    return made


if __name__ == "__main__":
    sys.exit(main())
