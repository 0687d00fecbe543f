"""Reads one page of a handbook into a draft lesson."""

import re

from django.utils.translation import gettext as _

from knowledge.importers.content.bodies import Prose
from knowledge.importers.content.documents import LessonFile
from knowledge.importers.content.front_matter import Fields
from knowledge.importers.content.handbook.blocks import read_body, read_tree, take_title
from knowledge.importers.content.handbook.links import Atlas
from knowledge.importers.content.handbook.naming import shortened, title_of
from knowledge.importers.content.handbook.notes import length_note, unused_note
from knowledge.importers.content.handbook.page import Page
from knowledge.importers.content.handbook.shield import Shield
from knowledge.importers.content.handbook.sources import SourceFile
from knowledge.importers.content.handbook.widening import widened

READING_SPEED = 200
MOST_MINUTES = 60

_TAGS = re.compile(r"<[^>]*>")


def read_lesson(file: SourceFile, slug: str, atlas: Atlas) -> LessonFile:
    page = Page(file.name, atlas, Shield(widened(file.front.body)))
    root = read_tree(page)
    title = file.front.title
    heading = page.shield.show(take_title(root, title))
    pieces = read_body(root, page)
    words = sum(
        len(_TAGS.sub(" ", piece.html).split()) for piece in pieces if isinstance(piece, Prose)
    )
    empty = [] if pieces else [_("There is no text below the title.")]
    notes = [_("Needs a one-breath line."), *empty, *length_note(words), *page.notes.told()]
    return LessonFile(
        fields=Fields(1, file.faults),
        faults=file.faults,
        slug=slug,
        title=shortened(title or heading) or title_of(file.path.stem),
        minutes=min(max(1, round(words / READING_SPEED)), MOST_MINUTES),
        one_breath="",
        body=tuple(pieces),
        is_draft=True,
        notes=(*notes, *unused_note(file.front.unused)),
    )
