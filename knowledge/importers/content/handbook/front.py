"""Reads what other tools write above their Markdown: its title is used, the rest is named."""

import re
import tomllib
from dataclasses import dataclass, field

import yaml
from django.utils.translation import gettext as _

from knowledge.importers.content.front_matter import FENCE, read_yaml
from knowledge.importers.reporting import FaultList

TOML_FENCE = "+++"
ADDRESS_NAMES = ("permalink", "url", "slug")

_BLANKS = re.compile(r"\s+")
_TOML_LINE = re.compile(r"at line (\d+)")


@dataclass(slots=True)
class Front:
    """What stands above the text. `addresses` are where the other tool shows the page."""

    body: str
    title: str = ""
    unused: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def read_front(text: str, faults: FaultList) -> Front | None:
    """`None`, with a fault, where something like front matter stands there but can't be read."""
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence not in {FENCE, TOML_FENCE}:
        return Front(text)
    closing = next((i for i, line in enumerate(lines) if i and line.rstrip() == fence), None)
    if closing is None:
        return Front(text)
    above, body = "\n".join(lines[1:closing]), "\n".join(lines[closing + 1 :])
    if fence == TOML_FENCE:
        return _from_toml(above, body, faults)
    return _from_yaml(above, body, text, faults)


def _from_yaml(above: str, body: str, text: str, faults: FaultList) -> Front | None:
    if _is_no_mapping(above):
        # Two lines of dashes with words between them are only lines.
        return Front(text)
    fields = read_yaml(above, faults)
    if fields is None:
        return None
    values = {
        name: node.value if isinstance(node, yaml.ScalarNode) else ""
        for name, node in fields.nodes.items()
    }
    return _front(body, values)


def _is_no_mapping(above: str) -> bool:
    return not above.strip() or ":" not in above


def _from_toml(above: str, body: str, faults: FaultList) -> Front | None:
    try:
        values = tomllib.loads(above)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        found = _TOML_LINE.search(str(error))
        faults.add(
            int(found[1]) + 1 if found else 1,
            _("The front matter isn't TOML (%(problem)s).") % {"problem": str(error)[:100]},
            _("Correct it, or delete it with both lines of +++."),
        )
        return None
    return _front(body, values)


def _front(body: str, values: dict[str, object]) -> Front:
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    return Front(
        body=body,
        title=_BLANKS.sub(" ", texts.get("title", "")).strip(),
        unused=[name[:40] for name in values if name != "title"],
        addresses=[texts[name].strip() for name in ADDRESS_NAMES if texts.get(name, "").strip()],
    )
