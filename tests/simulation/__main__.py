"""Prints both tables: `python -m tests.simulation --seed 1 --seeds 5 --people 80`."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace

from tests.simulation.comparing import (
    DEVIATIONS,
    PUBLISHED,
    PUBLISHED_MINUTES,
    Figure,
    Skipping,
    compared,
)
from tests.simulation.fading import LINES, Fading, fading_table
from tests.simulation.people import Assumptions

WIDTH = 34
AS_ASSUMED = Assumptions()
VARIANTS = {
    "As the rules are": AS_ASSUMED,
    "If poor practice gave the model's date, even a later one than before": replace(
        AS_ASSUMED, poor_practice_gives_the_model_date=True
    ),
    "If a quiz that is no pass is remembered, and sat again next day": replace(
        AS_ASSUMED, retakes_tomorrow=True
    ),
}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the first run")
    parser.add_argument("--seeds", type=int, default=5, help="how many runs")
    parser.add_argument("--people", type=int, default=80, help="in each run")
    given = parser.parse_args(arguments)
    write(*fading_lines(list(fading_table())))
    seeds = range(given.seed, given.seed + given.seeds)
    write("", f"Modules ready, of 100 started: {given.people} people, {len(seeds)} runs")
    write("Each figure: ours ± noise of one run (published, difference)")
    as_they_are: list[Skipping] = []
    for title, assumed in VARIANTS.items():
        write("", title, weeks_line(assumed))
        rows = []
        for row in compared(PUBLISHED, people=given.people, seeds=seeds, assumed=assumed):
            rows.append(row)
            write(skipping_line(row))
        write(verdict_line(rows))
        if as_they_are:
            write(against_line(rows, as_they_are))
        as_they_are = as_they_are or rows
    return 0


def write(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def fading_lines(rows: Sequence[Fading]) -> list[str]:
    head = "".join(f"{f'below {line:.0%}':>22}" for line in LINES)
    return [f"{'Days until the expected score is':<38}{head}", *map(fading_line, rows)]


def fading_line(row: Fading) -> str:
    cells = (
        f"{days:.2f} ({told or 'not given'})"
        for days, told in zip(row.ours, row.published, strict=True)
    )
    verdict = "as published" if row.agrees else "DIFFERS"
    return f"{row.situation:<38}{''.join(f'{cell:>22}' for cell in cells)}  {verdict}"


def weeks_line(assumed: Assumptions) -> str:
    weeks = (f"week {week}" for week in assumed.looked_at)
    return f"{'':11}{''.join(f'{week:<{WIDTH}}' for week in weeks)}".rstrip()


def skipping_line(row: Skipping) -> str:
    told = PUBLISHED_MINUTES.get(row.skip)
    minutes = f"{row.minutes_a_week:.2f} minutes a week ({told or 'not given'})"
    cells = "".join(f"{figure_text(figure):<{WIDTH}}" for figure in row.figures)
    return f"skip {row.skip:>4.0%}  {cells}{minutes}"


def figure_text(figure: Figure) -> str:
    verdict = "" if figure.agrees else " DIFFERS"
    return (
        f"{figure.ours:5.1f} ±{figure.noise:3.1f}"
        f" ({figure.published:.0f}, {figure.difference:+.1f}{verdict})"
    )


def verdict_line(rows: Sequence[Skipping]) -> str:
    figures = [figure for row in rows for figure in row.figures]
    agreeing = sum(figure.agrees for figure in figures)
    close = sum(figure.is_within(2) for figure in figures)
    return (
        f"{agreeing} of {len(figures)} figures lie within the noise"
        f" ({DEVIATIONS} standard deviations and the rounding), {close} within two."
    )


def against_line(rows: Sequence[Skipping], as_they_are: Sequence[Skipping]) -> str:
    """The same people and dice, so that most of the chance cancels out."""
    apart = [
        (changed.ours - figure.ours, f"skip {row.skip:.0%}, week {week}")
        for row, before in zip(rows, as_they_are, strict=True)
        for changed, figure, week in zip(
            row.figures, before.figures, AS_ASSUMED.looked_at, strict=True
        )
    ]
    (least, at_least), (most, at_most) = min(apart), max(apart)
    return (
        f"Against the rules as they are: from {least:+.1f} points ({at_least})"
        f" to {most:+.1f} ({at_most})."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
