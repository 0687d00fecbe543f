"""One page that is being read: where it stands, what is known around it, what is to be told."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.importers.content.bodies import Picture
from knowledge.importers.content.handbook.links import Atlas
from knowledge.importers.content.handbook.notes import Notes
from knowledge.importers.content.handbook.shield import Shield


@dataclass(slots=True)
class Page:
    """`pictures` wait for the end of the block in which they stand."""

    origin: str
    atlas: Atlas
    shield: Shield
    notes: Notes = field(default_factory=Notes)
    pictures: list[Picture] = field(default_factory=list)

    def take_pictures(self) -> Iterator[Picture]:
        yield from self.pictures
        self.pictures = []
