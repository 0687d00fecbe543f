"""The figures on which the rules of `quizzes.memory` rest, worked out anew by those very rules.

`python -m tests.simulation [--seed 1 --seeds 5 --people 80]` prints two tables beside the published
ones: how soon a single pass fades, and how many modules people are ready on who practise a lot, a
little or never.
"""
