"""Puts what a file says into its page, and compares two states of a page."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.importers.content.bodies import Answer, Call, FactReference, Picture, Piece, Prose
from knowledge.importers.content.documents import BriefFile, FactFile, LessonFile, ModuleFile
from knowledge.importers.content.front_matter import Line
from knowledge.importers.content.prose import canonical
from knowledge.models import BriefPage, Fact, LessonPage, ModulePage

FACT_FIELDS = ("key", "kind", "title", "statement", "limits", "proof")
BRIEF_FIELDS = ("title", "one_breath", "right_for", "not_right_for", "expectation")
MODULE_FIELDS = ("title", "intro", "try_it", "valid_days")
LESSON_FIELDS = ("title", "one_breath")


def fill_brief(page: BriefPage, file: BriefFile, people: Mapping[str, int]) -> None:
    _copy(BRIEF_FIELDS, file, page)
    page.version = file.version or page.version
    page.sponsor_id = people.get(file.sponsor, page.sponsor_id)
    page.owner_id = people.get(file.owner, page.owner_id)
    _set_stream(page, "say", _lines(file.say))
    _set_stream(page, "dont_say", _lines(file.dont_say))
    _set_stream(page, "answers", _answers(file.answers))
    facts: Any = page.facts
    stored = {fact.key: fact for fact in facts.all()}
    page.facts = [
        fill_fact(stored.get(fact.key) or Fact(), fact, place)
        for place, fact in enumerate(file.facts)
    ]


def fill_fact(fact: Fact, file: FactFile, place: int) -> Fact:
    _copy(FACT_FIELDS, file, fact)
    fact.sort_order = place
    return fact


def fill_module(page: ModulePage, file: ModuleFile, brief: BriefPage) -> None:
    _copy(MODULE_FIELDS, file, page)
    page.brief = brief
    _set_stream(page, "able_to_say", _lines(file.able_to_say))


def fill_lesson(page: LessonPage, file: LessonFile, images: Mapping[str, int]) -> None:
    """`images` are ids by digest; 0 stands for a picture that isn't stored yet."""
    _copy(LESSON_FIELDS, file, page)
    page.minutes = file.minutes or page.minutes
    _set_stream(page, "body", [_block(piece, images) for piece in file.body])


def content_of(page: BriefPage | ModulePage | LessonPage) -> tuple[object, ...]:
    """All that files decide. Two equal ones need no new version."""
    if isinstance(page, BriefPage):
        facts: Any = page.facts
        return (
            *_values(BRIEF_FIELDS, page),
            (page.version, page.sponsor_id, page.owner_id),
            [_bare(stream.get_prep_value()) for stream in (page.say, page.dont_say, page.answers)],
            [_values(FACT_FIELDS, fact) for fact in facts.all()],
        )
    if isinstance(page, ModulePage):
        able_to_say = _bare(page.able_to_say.get_prep_value())
        return (*_values(MODULE_FIELDS, page), page.brief_id, able_to_say)
    return (*_values(LESSON_FIELDS, page), page.minutes, _bare(page.body.get_prep_value()))


def _copy(names: Iterable[str], source: object, target: object) -> None:
    for name in names:
        setattr(target, name, getattr(source, name))


def _values(names: Iterable[str], source: object) -> tuple[object, ...]:
    return tuple(getattr(source, name) for name in names)


def _lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [{"type": "line", "value": line.text} for line in lines]


def _answers(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    return [
        {"type": "answer", "value": {"question": answer.question, "answer": answer.html}}
        for answer in answers
    ]


def _block(piece: Piece, images: Mapping[str, int]) -> dict[str, Any]:
    match piece:
        case Prose():
            return {"type": "prose", "value": piece.html}
        case FactReference():
            return {"type": "fact", "value": piece.key}
        case Call():
            turns = [{"speaker": speaker, "words": words} for speaker, words in piece.turns]
            return {"type": "call", "value": {"turns": [_item(turn) for turn in turns]}}
        case Picture():
            image = images.get(piece.file.digest, 0)
            value = {"image": image, "alt": piece.alt, "caption": piece.caption}
            return {"type": "picture", "value": value}


def _item(value: dict[str, str]) -> dict[str, Any]:
    # Without an id Wagtail takes the whole of it for the value.
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}


def _set_stream(page: object, name: str, blocks: list[dict[str, Any]]) -> None:
    """Each block keeps the id of the block of its kind that stood in its place."""
    for block, before in zip(blocks, getattr(page, name).get_prep_value(), strict=False):
        if block["type"] == before["type"]:
            block["id"] = before["id"]
    setattr(page, name, json.dumps(blocks))


def _bare(value: Any) -> Any:
    """Without ids, and with texts as an editor would have saved them."""
    if isinstance(value, dict):
        return {name: _bare(part) for name, part in value.items() if name != "id"}
    if isinstance(value, list):
        return [_bare(part) for part in value]
    return canonical(value) if isinstance(value, str) else value
