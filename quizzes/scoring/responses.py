"""What the browser sent, read strictly: whatever has another shape is empty, and never raises."""

from collections.abc import Iterable


def distinct_ids(response: object) -> tuple[int, ...]:
    """The response as ids; empty where it is anything but a list of different integers."""
    if not isinstance(response, list | tuple) or not all(is_id(part) for part in response):
        return ()
    return tuple(response) if len(set(response)) == len(response) else ()


def filled(response: object, parts: Iterable[int]) -> dict[int, object]:
    """The response by part; empty where it is no dict, or names another part or one part twice."""
    if not isinstance(response, dict):
        return {}
    # Looked up, never parsed: `int()` would take " 1", "1_0" and figures of other scripts too.
    known = {name: part for part in parts for name in (part, str(part))}
    found: dict[int, object] = {}
    for name, value in response.items():
        part = known.get(name) if is_id(name) or isinstance(name, str) else None
        if part is None or part in found:
            return {}
        found[part] = value
    return found


def is_id(part: object) -> bool:
    # In Python, True == 1: without the strict test a JSON `true` would choose option 1.
    return type(part) is int
