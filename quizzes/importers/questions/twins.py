"""Gives every draft its reference, and tells questions of one file that are the same."""

from collections.abc import Iterable, Iterator

from quizzes.importers.questions.drafts import Found, QuestionDraft
from quizzes.importers.questions.references import reference_of, with_digest
from quizzes.importers.questions.saying import gettext as _

type Content = tuple[str, ...]


def settle_references(found: Iterable[Found], home: str) -> None:
    """Ids first: a question without one takes a reference that no id claims.

    `home` is the module that was named for the whole file. It becomes part of the reference, as
    the category does: many files call their questions “Question 1”.
    """
    items = list(found)
    lines = _settle_ids(items)
    contents: dict[Content, int] = {}
    for item, draft in _drafts(items):
        content = content_of(draft)
        if not draft.id:
            _settle_name(item, draft, home, lines, contents)
        if content in contents and not item.skipped:
            item.notes.append(_same_as(contents[content]))
        contents.setdefault(content, draft.line)


def content_of(draft: QuestionDraft) -> Content:
    """All that a question says, without its name."""
    meaning = draft.meaning
    options = (
        part
        for option in meaning.options
        for part in ("=" if option.is_right else "~", option.text, option.feedback)
    )
    figures = (str(meaning.number), str(meaning.tolerance), meaning.model_answer)
    return (
        *(draft.category, draft.stem, meaning.kind, meaning.explanation),
        *(*figures, *options, *_more_of(draft)),
    )


def _more_of(draft: QuestionDraft) -> Iterator[str]:
    """What few questions have. References that were made without it stay the same."""
    said = {
        "situation": draft.situation,
        "picture": draft.marks.picture,
        "slips": "" if draft.marks.slips is None else str(draft.marks.slips),
        "pairs": "\n".join(option.pair for option in draft.meaning.options).strip("\n"),
    }
    for name, value in said.items():
        if value:
            yield from (name, value)


def _drafts(items: Iterable[Found]) -> Iterator[tuple[Found, QuestionDraft]]:
    for item in items:
        if item.draft:
            yield item, item.draft


def _settle_ids(items: Iterable[Found]) -> dict[str, int]:
    """The references that are taken, each with its line."""
    lines: dict[str, int] = {}
    for item, draft in _drafts(items):
        if not draft.id:
            continue
        reference = reference_of(draft.id)
        if reference in lines:
            item.refuse(
                draft.line,
                _("“%(reference)s” names the question in line %(line)s already.")
                % {"reference": reference, "line": lines[reference]},
                _(draft.hints.own_id),
            )
        lines.setdefault(reference, draft.line)
        item.settle(reference)
    return lines


def _settle_name(
    item: Found,
    draft: QuestionDraft,
    home: str,
    lines: dict[str, int],
    contents: dict[Content, int],
) -> None:
    """By category and title; where two share them, what they ask tells them apart."""
    content = content_of(draft)
    places = dict.fromkeys(place for place in (home, draft.category) if place)
    reference = reference_of(" ".join((*places, draft.name)))
    if reference in lines:
        if content in contents:
            item.skipped = _same_as(contents[content])
            return
        reference = with_digest(reference, "\n".join(content))
    lines.setdefault(reference, draft.line)
    item.settle(reference)


def _same_as(line: int) -> str:
    return _("It says the same as the question in line %(line)s.") % {"line": line}
