"""Names as lists write them: one that is split, and words that stand for nobody."""

import re
from collections.abc import Iterator, Sequence

# Small words before a family name belong to it, unless they come first of all.
_PARTICLES = frozenset(
    (
        *("af", "al", "ap", "av", "bin", "bint", "da", "dal", "dalla", "das", "de", "degli", "dei"),
        *("del", "della", "den", "der", "des", "di", "do", "dos", "du", "el", "ibn", "la", "las"),
        *("le", "les", "los", "op", "ten", "ter", "tot", "van", "vande", "vander", "vom", "von"),
        *("y", "zu", "zum", "zur", "'t", "’t"),
    )
)

_VACANT = re.compile(
    r"[-–—<(\[* ]*(?:"
    r"(?:(?:the )?(?:post|position|role|poste) (?:is )?)?(?:vacan|vakan|unfilled|unbesetzt)\w*\b.*"
    r"|tb[acdh]\b.*"
    r"|to be (?:confirmed|hired|appointed|announced|determined|recruited|filled)\b.*"
    r"|open (?:position|role|post|req)\w*\b.*"
    r"|open|offen|n\. ?n\.|nn|nicht besetzt|[aà] pourvoir"
    r")[->)\]* ]*",
    re.IGNORECASE,
)
_VACANT_LONGEST = 60

# What stands in a cell where there is nothing to say.
NOTHING = frozenset(
    ("", "-", "--", "---", "–", "—", ".", "?", "n/a", "n.a.", "na", "#n/a", "none", "null", "nil")
)
# Whoever reports to this reports to nobody.
NOBODY = NOTHING | {"0", "x", "xx", "xxx", "xxxx", "top", "root", "self", "nobody", "no manager"}

_REMARK = re.compile(r"(.*[^\s(\[])\s*[(\[]([^()\[\]]+)[)\]]")
_DIRECTORY_NAME = re.compile(r"cn=((?:\\.|[^,\\])+),", re.IGNORECASE)

_CLOSING = re.compile(
    r"(?:(?:grand |sub)?totals?|(?:gesamt)?summe|gesamt|somme|suma|totaal|anzahl|count|headcount)"
    r"[\W\d]*"
    r"|\d[\d.,]* (?:rows?|records?|employees|people|results|entries)\b.*"
    r"|(?:generated|exported|printed|created|erstellt|exportiert) (?:on|at|by|from|am|von)\b.*"
    r"|(?:page|seite) \d.*|end of .*|confidential\W*|vertraulich\W*|[-=_*#.| ]{4,}",
    re.IGNORECASE,
)
_CLOSING_LONGEST = 200
_MOST_IN_CLOSING = 3

_ADDRESS = re.compile(r"[^<>]*<\s*([^<>\s]+)\s*>")
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def is_nothing(text: str) -> bool:
    return text.lower() in NOTHING


def is_nobody(text: str) -> bool:
    return text.lower() in NOBODY


def is_vacant(text: str) -> bool:
    """“Vacant”, “TBC”, “N.N.”: the post is there, and nobody in it."""
    return len(text) <= _VACANT_LONGEST and bool(_VACANT.fullmatch(text))


def split_name(name: str) -> tuple[str, str]:
    """Given and family name: “Doe, Jane” and “Jane van der Berg”. One word is a given name."""
    family, comma, given = name.partition(",")
    if comma and given.strip() and family.strip():
        return given.strip(), family.strip()
    words = name.strip(" ,").split()
    if len(words) < 2:
        return "".join(words), ""
    place = next(
        (place for place in range(1, len(words) - 1) if words[place] in _PARTICLES), len(words) - 1
    )
    return " ".join(words[:place]), " ".join(words[place:])


def take_remark(name: str) -> tuple[str, str]:
    """The name, and what stands in brackets behind it: “Doe, Jane (she/her)”."""
    found = _REMARK.fullmatch(name) if name.endswith((")", "]")) else None
    return (found[1], found[2].strip()) if found else (name, "")


def spellings(manager: str) -> Iterator[str]:
    """A manager as the cell has her, then as a directory or “Doe, Jane (1042)” means her."""
    yield manager
    if found := _DIRECTORY_NAME.match(manager):
        manager = found[1].replace("\\", "")
        yield manager
    name, remark = take_remark(manager)
    if remark:
        yield remark
        yield name


def closes_list(cells: Sequence[str]) -> bool:
    """“Total: 61”, “Generated on …” and lines of dashes are about the list, not in it."""
    if any("@" in cell for cell in cells):
        return False
    filled = [cell.strip() for cell in cells if cell and not cell.isspace()]
    if not 1 <= len(filled) <= _MOST_IN_CLOSING or len(filled[0]) > _CLOSING_LONGEST:
        return False
    return bool(_CLOSING.fullmatch(filled[0]))


def plain_email(cell: str) -> str:
    """The address alone, in small letters: “Jane <mailto:Jane@x.example>”."""
    if not cell.isascii():
        cell = cell.translate(_UNSEEN)
    if "<" in cell and (found := _ADDRESS.fullmatch(cell)):
        cell = found[1]
    return cell.strip().lower().removeprefix("mailto:")
