"""Each page as the file that the importer reads."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.exports.front_matter import Value, document
from knowledge.exports.markdown import escaped, to_markdown
from knowledge.importers.content.market import PRODUCT_NAMES
from knowledge.importers.content.promises import usual_statistic
from knowledge.models import (
    BriefPage,
    KeptPage,
    LessonPage,
    ModulePage,
    Product,
    PromisePage,
    SegmentMessage,
)

# In a brief's text “##” is a question.
HEADING_IN_ANSWER = "#"

_FENCES = re.compile(r"`{3,}")
_SPEAKER = re.compile(r"([\\:])")


def brief_file(
    page: BriefPage,
    emails: Mapping[int, str],
    promises: Iterable[str],
    addresses: Mapping[str, str],
    briefs: Collection[BriefPage],
) -> str:
    """`promises` are the slugs of those that go out too, `briefs` are the pages that do."""
    facts: Any = page.facts
    messages: Any = page.segment_messages
    channels: Any = page.channels
    names: dict[str, Value] = {
        "kind": "brief",
        "slug": page.slug,
        "title": page.title,
        "version": str(page.version),
        "one_breath": page.one_breath,
        "right_for": page.right_for,
        "not_right_for": page.not_right_for,
        "expectation": page.expectation,
        "promises": sorted(promises),
        "product": _product(page.product),
        "segments": [_segment(line) for line in messages.all()],
        "channels": [
            {"name": channel.name, "kind": channel.kind}
            for channel in sorted(channels.all(), key=str)
        ],
        **_keepers(page, emails),
        "embargo_until": _day(page.embargo_until),
        "valid_from": _day(page.valid_from),
        "valid_until": _day(page.valid_until),
        "replaced_by": next(
            (brief.slug for brief in briefs if brief.pk == page.replaced_by_id), ""
        ),
        "say": _lines(page.say),
        "dont_say": _lines(page.dont_say),
        "facts": [_fact(fact) for fact in facts.all()],
    }
    answers = [
        f"## {_heading(block.value['question'])}\n\n"
        + to_markdown(block.value["answer"].source, addresses, h2=HEADING_IN_ANSWER)
        for block in page.answers
    ]
    return document(names, "\n\n".join(answers))


def _product(product: Product | None) -> dict[str, str]:
    return {name: getattr(product, name) for name in PRODUCT_NAMES} if product else {}


def _segment(line: SegmentMessage) -> dict[str, str]:
    segment = line.segment
    return {"name": segment.name, "description": segment.description, "message": line.message}


def _keepers(page: KeptPage, emails: Mapping[int, str]) -> dict[str, Value]:
    sponsor = getattr(page, "sponsor_id", None)
    return {
        "sponsor": emails.get(sponsor or 0, ""),
        "owner": emails.get(page.owner_id or 0, ""),
        "carer": emails.get(page.carer_id or 0, ""),
        "verify_days": str(page.verify_days),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _fact(fact: Any) -> dict[str, str]:
    names = ("key", "kind", "title", "statement", "limits", "proof")
    return {name: getattr(fact, name) for name in names}


def promise_file(page: PromisePage, emails: Mapping[int, str], position: int) -> str:
    claims: Any = page.claims
    return document(
        {
            "kind": "promise",
            "slug": page.slug,
            "title": page.title,
            "sentence": page.sentence,
            "is_pilot": page.is_pilot,
            "why_us": page.why_us,
            "lands_at": page.lands_at,
            "customer_gets": page.customer_gets,
            "benchmark": page.benchmark,
            "benchmark_source": page.benchmark_source,
            **_keepers(page, emails),
            "position": str(position),
            "claims": [_claim(claim) for claim in claims.all()],
        }
    )


def _claim(claim: Any) -> dict[str, str]:
    return {
        "key": claim.key,
        "measure": claim.measure,
        "comparator": claim.comparator,
        "target": _number(claim.target),
        "unit": claim.unit,
        "statistic": claim.statistic if claim.statistic != usual_statistic(claim.unit) else "",
        "condition": claim.condition,
        "expectation": claim.expectation,
    }


def _number(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def module_file(page: ModulePage, emails: Mapping[int, str]) -> str:
    names: dict[str, Value] = {
        "kind": "module",
        "slug": page.slug,
        "title": page.title,
        "brief": page.brief.slug,
        **_keepers(page, emails),
        "able_to_say": _lines(page.able_to_say),
        "try_it": page.try_it,
        "valid_days": str(page.valid_days or ""),
        "closes_on": _day(page.closes_on),
        "closes_at": f"{page.closes_at:%H:%M}" if page.closes_at else "",
        "closes_zone": page.closes_zone,
        "opens_again": page.opens_again if page.opens_at_once else "",
    }
    intro = page.intro.replace("\r\n", "\n").strip()
    return document(names, re.sub(r"(?<!\n)\n(?!\n)", "\\\n", intro))


def lesson_file(
    page: LessonPage, addresses: Mapping[str, str], picture_name: Callable[[Any], str]
) -> str:
    """`picture_name` says under which name a picture lies beside the lesson."""
    names: dict[str, Value] = {
        "kind": "lesson",
        "slug": page.slug,
        "title": page.title,
        "minutes": str(page.minutes),
        "one_breath": page.one_breath,
    }
    blocks: list[str] = []
    for block in page.body:
        match block.block_type:
            case "fact":
                blocks.append(f"[fact: {block.value}]")
            case "call":
                blocks.append(_call(block.value["turns"]))
            case "picture":
                blocks.append(_picture(block.value, picture_name(block.value["image"])))
            case _:
                blocks.append(to_markdown(block.value.source, addresses))
    return document(names, "\n\n".join(block for block in blocks if block))


def _call(turns: Iterable[Mapping[str, str]]) -> str:
    lines = []
    for turn in turns:
        first, *more = turn["words"].replace("\r\n", "\n").strip().split("\n")
        lines.append(f"{_SPEAKER.sub(r'\\\1', turn['speaker'])}: {first}")
        lines += [f"  {line}" for line in more]
    text = "\n".join(lines)
    fence = "`" * (max([2, *(len(run) for run in _FENCES.findall(text))]) + 1)
    return f"{fence}call\n{text}\n{fence}"


def _picture(value: Mapping[str, Any], name: str) -> str:
    caption = re.sub(r'([\\"])', r"\\\1", value["caption"]).replace("&", "&amp;")
    return f"![{escaped(value['alt'])}]({name}" + (f' "{caption}")' if caption else ")")


def _heading(text: str) -> str:
    return re.sub(r"#$", r"\\#", escaped(" ".join(text.split())))


def _lines(stream: Any) -> list[str]:
    return [block.value for block in stream]
