from collections.abc import Callable

from tests.benchmarks.results import Figures
from tests.benchmarks.workloads.chain import gate_page, promise_page
from tests.benchmarks.workloads.change import material_change
from tests.benchmarks.workloads.export import readiness_export
from tests.benchmarks.workloads.lesson import lesson_page
from tests.benchmarks.workloads.organisation import organisation_page
from tests.benchmarks.workloads.quiz import quiz_of_ten
from tests.benchmarks.workloads.roster import roster_import
from tests.benchmarks.workloads.team import team_page

type Workload = Callable[[int, int], Figures]

MEASURES: dict[str, Workload] = {
    "W1a": team_page,
    "W1b": organisation_page,
    "W1c": readiness_export,
    "W2": lesson_page,
    "W3": quiz_of_ten,
    "W4": roster_import,
    "W5": material_change,
    "W7a": promise_page,
    "W7b": gate_page,
}


def measure(name: str, *, people: int, rounds: int) -> Figures:
    return MEASURES[name](people, rounds)
