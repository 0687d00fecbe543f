"""Puts texts into a page's streams of blocks, and compares two states of a stream."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.importers.content.bodies import Answer, Call, FactReference, Picture, Piece, Prose
from knowledge.importers.content.front_matter import Line
from knowledge.importers.content.prose import canonical, with_addresses


def lines_of(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [{"type": "line", "value": line.text} for line in lines]


def answers_of(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    return [
        {"type": "answer", "value": {"question": answer.question, "answer": answer.html}}
        for answer in answers
    ]


def block_of(piece: Piece, images: Mapping[str, int]) -> dict[str, Any]:
    match piece:
        case Prose():
            return {"type": "prose", "value": piece.html}
        case FactReference():
            return {"type": "fact", "value": piece.key}
        case Call():
            turns = [{"speaker": speaker, "words": words} for speaker, words in piece.turns]
            return {"type": "call", "value": {"turns": [item_of(turn) for turn in turns]}}
        case Picture():
            image = images.get(piece.file.digest, 0)
            value = {"image": image, "alt": piece.alt, "caption": piece.caption}
            return {"type": "picture", "value": value}


def item_of(value: dict[str, str]) -> dict[str, Any]:
    # Without an id Wagtail takes the whole of it for the value.
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}


def set_stream(page: object, name: str, blocks: list[dict[str, Any]]) -> None:
    """Each block keeps the id of the block of its kind that stood in its place."""
    for block, before in zip(blocks, getattr(page, name).get_prep_value(), strict=False):
        if block["type"] == before["type"]:
            block["id"] = before["id"]
    setattr(page, name, json.dumps(blocks))


def bare(value: Any, addresses: Mapping[str, str]) -> Any:
    """Without ids, and with texts as an editor would have saved them."""
    if isinstance(value, dict):
        return {name: bare(part, addresses) for name, part in value.items() if name != "id"}
    if isinstance(value, list):
        return [bare(part, addresses) for part in value]
    return canonical(with_addresses(value, addresses)) if isinstance(value, str) else value


def merged(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Texts that nothing stands between are one, and an empty one is none."""
    joined: list[dict[str, Any]] = []
    for block in blocks:
        if block["type"] != "prose":
            joined.append(block)
        elif joined and joined[-1]["type"] == "prose":
            joined[-1] = {**block, "value": joined[-1]["value"] + block["value"]}
        elif block["value"]:
            joined.append(block)
    return joined
