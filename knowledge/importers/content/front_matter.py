"""Reads the YAML between the two lines of dashes, so that every value knows its line.

Every scalar is a text as it was typed: `no` is not false and `2026-12-01` not a date here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

import yaml
from django.utils.translation import gettext as _

from knowledge.importers.files import UNPRINTABLE
from knowledge.importers.reporting import FaultList

FENCE = "---"
MOST_SIGNS = 60_000

# The opening fence is line 1, and YAML counts its own lines from 0.
_FIRST_LINE = 2
_WHOLE_NUMBER = re.compile(r"[0-9]{1,4}")
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,3})?")
_DAY = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")
_TRUE, _FALSE = {"true", "yes"}, {"false", "no", ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One text and where it stands."""

    text: str
    line: int


@dataclass(slots=True)
class Fields:
    """The named values of one mapping. Reading one with the wrong shape is a fault."""

    line: int
    faults: FaultList
    nodes: dict[str, yaml.Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, name: str) -> int:
        return self.lines.get(name, self.line)

    def text(self, name: str) -> str:
        node = self.nodes.get(name)
        if node is None:
            return ""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value).strip()
        self.refuse(name, _("Write one text behind it."))
        return ""

    def required(self, name: str) -> str:
        text = self.text(name)
        if not text:
            self.faults.add(
                self.line_of(name), _("“%(name)s” is missing.") % {"name": name}, _("Write it.")
            )
        return text

    def number(self, name: str) -> int | None:
        text = self.text(name)
        if not text:
            return None
        if _WHOLE_NUMBER.fullmatch(text):
            return int(text)
        self.refuse(name, _("Write a whole number."))
        return None

    def decimal(self, name: str) -> Decimal | None:
        text = self.text(name)
        if not text or _DECIMAL.fullmatch(text):
            return Decimal(text) if text else None
        self.refuse(name, _("Write a number like 95 or 2.5."))
        return None

    def day(self, name: str) -> date | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text if _DAY.fullmatch(text) else "")
        except ValueError:
            self.refuse(name, _("Write a date like 2026-02-28."))
            return None

    def clock(self, name: str) -> time | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return time.fromisoformat(text if _CLOCK.fullmatch(text) else "")
        except ValueError:
            self.refuse(name, _("Write a time of the day like 09:00 or 17:30."))
            return None

    def is_true(self, name: str) -> bool:
        text = self.text(name).lower()
        if text not in _TRUE | _FALSE:
            self.refuse(name, _("Write true or false."))
        return text in _TRUE

    def texts(self, name: str) -> tuple[Line, ...]:
        return tuple(
            Line(str(node.value).strip(), _line_of(node))
            for node in self._items(name, yaml.ScalarNode, _("Write a list of texts."))
        )

    def mappings(self, name: str) -> tuple["Fields", ...]:
        nodes = self._items(name, yaml.MappingNode, _("Write a list of named values."))
        return tuple(_fields(node, self.faults) for node in nodes)

    def named(self, name: str) -> tuple["Fields", ...]:
        """Things with a name and perhaps more: a list of them, or one alone. A text is a name."""
        node = self.nodes.get(name)
        is_alone = isinstance(node, yaml.MappingNode) or (
            isinstance(node, yaml.ScalarNode) and bool(node.value)
        )
        remedy = _("Write its name, or “name: …” and what belongs to it.")
        shapes = (yaml.ScalarNode, yaml.MappingNode)
        nodes = [node] if node and is_alone else self._items(name, shapes, remedy)
        return tuple(_named(node, self.faults) for node in nodes)

    def refuse_unknown(self, known: Iterable[str]) -> None:
        known = tuple(known)
        for name in self.nodes.keys() - set(known):
            self.faults.add(
                self.line_of(name),
                _("“%(name)s” isn't known here.") % {"name": name[:40]},
                _("These are: %(names)s.") % {"names": ", ".join(known)},
            )

    def _items[Node: yaml.Node](
        self, name: str, shape: type[Node] | tuple[type[Node], ...], remedy: str
    ) -> Iterator[Node]:
        node = self.nodes.get(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(name, remedy)
            return
        for item in node.value:
            if isinstance(item, shape):
                yield item
            else:
                self.faults.add(_line_of(item), _("This doesn't belong in the list."), remedy)

    def refuse(self, name: str, remedy: str) -> None:
        message = _("“%(name)s” doesn't hold what it should.") % {"name": name}
        self.faults.add(self.line_of(name), message, remedy)


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        # A few aliases of aliases can stand for millions of values.
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="an alias (*) is not allowed", problem_mark=self.get_mark()
            )
        return super().compose_node(parent, index)


def read_front_matter(text: str, faults: FaultList) -> tuple[Fields | None, str, int]:
    """The fields, the text below them and its first line; no fields where there is a fault."""
    lines = text.split("\n")
    closing = next((i for i, line in enumerate(lines) if i and line.rstrip() == FENCE), None)
    if lines[0].rstrip() != FENCE or closing is None:
        faults.add(
            1,
            _("The front matter is missing."),
            _("Begin the file with a line of ---, then “kind: lesson” and the like, then ---."),
        )
        return None, "", 1
    fields = read_yaml("\n".join(lines[1:closing]), faults)
    return fields, "\n".join(lines[closing + 1 :]), closing + 2


def read_yaml(text: str, faults: FaultList) -> Fields | None:
    if len(text) > MOST_SIGNS:
        faults.add(1, _("The front matter is too long."), _("Move text below the second ---."))
        return None
    try:
        node = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + _FIRST_LINE if error.problem_mark else 1
        _refuse_yaml(line, error.problem or "", faults)
        return None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, IndexError) as error:
        _refuse_yaml(1, type(error).__name__, faults)
        return None
    if isinstance(node, yaml.MappingNode):
        return _fields(node, faults)
    _refuse_yaml(_FIRST_LINE, _("no names with values"), faults)
    return None


def _refuse_yaml(line: int, problem: str, faults: FaultList) -> None:
    faults.add(
        line,
        _("The front matter isn't YAML (%(problem)s).") % {"problem": problem},
        _("Write “name: value”; put a value that holds a colon in double quotes."),
    )


def _fields(mapping: yaml.MappingNode, faults: FaultList) -> Fields:
    fields = Fields(_line_of(mapping), faults)
    for key, node in mapping.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        if name in fields.nodes:
            faults.add(
                _line_of(key),
                _("“%(name)s” is there twice.") % {"name": name[:40]},
                _("Keep one of the two."),
            )
        fields.nodes[name], fields.lines[name] = node, _line_of(key)
        _check_signs(node, faults)
    return fields


def _named(node: yaml.Node, faults: FaultList) -> Fields:
    if isinstance(node, yaml.MappingNode):
        return _fields(node, faults)
    line = _line_of(node)
    _check_signs(node, faults)
    return Fields(line, faults, {"name": node}, {"name": line})


def _check_signs(node: yaml.Node, faults: FaultList) -> None:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for part in nodes:
        if isinstance(part, yaml.ScalarNode) and UNPRINTABLE.search(part.value):
            faults.add(
                _line_of(part), _("There is a sign here that can't be shown."), _("Delete it.")
            )


def _line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + _FIRST_LINE
