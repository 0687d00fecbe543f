"""Writes front matter: every text in double quotes, so that it comes back letter by letter."""

import json
import re
from collections.abc import Iterable, Mapping

# YAML takes these for line breaks, or for nothing that belongs in a text.
_ODD = re.compile(r"[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")

type Value = str | bool | dict[str, str] | list[str] | list[dict[str, str]]


def document(names: Mapping[str, Value], body: str = "") -> str:
    """The whole file: what is empty is left out."""
    lines = [line for name, value in names.items() for line in _lines(name, value)]
    text = "\n".join(["---", *lines, "---"])
    return f"{text}\n{body.rstrip()}\n" if body.strip() else f"{text}\n"


def quoted(text: str) -> str:
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _lines(name: str, value: Value) -> Iterable[str]:
    if isinstance(value, bool):
        yield f"{name}: {'true' if value else 'false'}"
    elif isinstance(value, str):
        if value:
            yield f"{name}: {_scalar(value)}"
    elif isinstance(value, dict):
        yield from [f"{name}:", *_mapping(value, "  ")] if value else []
    elif value:
        yield from [f"{name}:", *(line for item in value for line in _item(item))]


def _item(item: str | Mapping[str, str]) -> Iterable[str]:
    return [f"  - {_scalar(item)}"] if isinstance(item, str) else _mapping(item)


def _mapping(item: Mapping[str, str], mark: str = "- ") -> Iterable[str]:
    for name, value in item.items():
        if value:
            yield f"  {mark}{name}: {_scalar(value)}"
            mark = "  "


def _scalar(value: str) -> str:
    """Slugs, numbers and dates stay bare; everything else could be more than it seems."""
    return value if re.fullmatch(r"[a-z0-9]+([-.][a-z0-9]+)*", value) else quoted(value)
