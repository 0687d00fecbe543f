"""How knowledge stands: each answer costs a fixed number of queries."""

from knowledge.reports.facts import facts_by_key, lesson_uses
from knowledge.reports.lists import (
    drafted_promises,
    found_briefs,
    found_modules,
    found_promises,
    modules_by_brief,
    modules_by_promise,
    newest_brief,
    open_briefs,
    today,
)
from knowledge.reports.progress import (
    LessonStep,
    ModuleProgress,
    brief_address,
    minutes_left,
    module_address,
    module_progress,
    promise_address,
)

__all__ = [
    "LessonStep",
    "ModuleProgress",
    "brief_address",
    "drafted_promises",
    "facts_by_key",
    "found_briefs",
    "found_modules",
    "found_promises",
    "lesson_uses",
    "minutes_left",
    "module_address",
    "module_progress",
    "modules_by_brief",
    "modules_by_promise",
    "newest_brief",
    "open_briefs",
    "promise_address",
    "today",
]
