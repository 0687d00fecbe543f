"""What a colleague reads before the question: the one part of it that is more than plain words."""

import html
import re

from knowledge.importers.content.prose import canonical
from quizzes.importers.gift import GiftText
from quizzes.importers.questions.plain import plain
from quizzes.markup import stored_markup

_MARKED = re.compile(
    r'\s*<div class="situation">(.*)</div>\s*<div class="question">(.*)</div>\s*', re.DOTALL
)
_BLOCK = re.compile(r"\s*<(?:p|ul|ol)\b", re.IGNORECASE)
_TAG = re.compile(r"<(?!br>)")


def tidied(situation: str) -> str:
    """The same for what a file says and for what the editor stores; nothing in it can do harm."""
    return canonical(stored_markup(situation))


def from_words(words: str) -> str:
    """The situation that somebody wrote as plain paragraphs, or as HTML."""
    if _BLOCK.match(words):
        return tidied(words)
    lines = (line.strip() for line in words.split("\n"))
    return tidied("".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line))


def in_words(situation: str) -> str:
    """The opposite of `from_words`: plain paragraphs where nothing is lost by that."""
    clean = tidied(situation)
    paragraphs = clean.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
    words = "\n".join(map(html.unescape, paragraphs))
    return words if from_words(words) == clean else clean


def marked(situation: str, stem: str) -> str:
    """Both in one HTML text, which other programs show as it is meant."""
    question = html.escape(stem, quote=False).replace("\n", "<br>")
    return f'<div class="situation">{tidied(situation)}</div><div class="question">{question}</div>'


def taken_apart(text: GiftText) -> tuple[str, GiftText]:
    """Situation and question, where a text is marked so. Any other text is a question."""
    found = _MARKED.fullmatch(text.text) if text.format == "html" else None
    if found is None:
        return "", text
    situation, question = found.groups()
    return tidied(situation), _question(question)


def _question(words: str) -> GiftText:
    """Exactly what was marked; what another program wrote anew loses its tags, as ever."""
    if _TAG.search(words):
        return GiftText(plain(GiftText(words, "html")), "plain")
    return GiftText(html.unescape(words.replace("<br>", "\n")), "plain")
