"""What briefs say of the market: the product, the segments and what is said to them, the channels.

**Guarantee.** Files of several briefs may name the same thing; it is one, and they don't contradict
each other. What a file doesn't tell of a thing stays as it is.

**Steps.** Segments and channels are made where nobody knows their names. A product is made where
the file tells its state; a bare name that nobody knows is refused, for it may be a slip.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from knowledge.importers.content.documents import BriefFile, NamedFile
from knowledge.importers.content.front_matter import Fields
from knowledge.importers.reporting import FaultList
from knowledge.importers.validation import add_validation
from knowledge.models import BriefPage, Channel, Product, Segment, SegmentMessage

type Thing = Product | Segment | Channel

POSITIONING = ("for_whom", "is_what", "unlike", "because")
PRODUCT_NAMES = ("name", "state", "description", *POSITIONING)
SEGMENT_NAMES = ("name", "description", "message")
CHANNEL_NAMES = ("name", "kind")
NOTES: dict[type[Thing], str | Promise] = {
    Product: _lazy("The product “%(name)s” is new."),
    Segment: _lazy("The segment “%(name)s” is new."),
    Channel: _lazy("The channel “%(name)s” is new."),
}


@dataclass(slots=True)
class Market:
    """All things by their kind and name, as the files want them; none is saved yet."""

    things: dict[tuple[type[Thing], str], Thing] = field(default_factory=dict)
    # What is new or tells something new, and the file that says so first.
    changed: dict[tuple[type[Thing], str], str] = field(default_factory=dict)
    # What each file told of a thing, and which: the next one must not say otherwise.
    told: dict[tuple[type[Thing], str], tuple[dict[str, str], str]] = field(default_factory=dict)

    def named(self, model: type[Thing], file: NamedFile) -> Any:
        return self.things.get((model, file.name.casefold()))

    def notes(self, file: str) -> list[str]:
        """What else comes about by this file."""
        things = [self.things[key] for key, first in self.changed.items() if first == file]
        return [str(NOTES[type(thing)]) % {"name": thing} for thing in things if thing.pk is None]


def read_named(fields: Fields, name: str, known: tuple[str, ...]) -> tuple[NamedFile, ...]:
    return tuple(_named(thing, known) for thing in fields.named(name))


def _named(fields: Fields, known: tuple[str, ...]) -> NamedFile:
    fields.refuse_unknown(known)
    name = fields.required("name")
    told = {part: fields.text(part) for part in known if part not in {"name", "message"}}
    told = {part: text for part, text in told.items() if text}
    return NamedFile(fields.line, name, told, fields.text("message"))


def load_market() -> Market:
    found: list[Thing] = [
        *Product.objects.all(),
        *Segment.objects.all(),
        *Channel.objects.all(),
    ]
    return Market({(type(thing), thing.name.casefold()): thing for thing in found})


def plan_market(files: list[BriefFile], market: Market) -> Market:
    """Brings the things to what the files tell of them; all that is wrong becomes a fault."""
    for brief in files:
        for model, thing in _named_in(brief):
            _plan(model, thing, market, brief.faults)
    return market


def _named_in(brief: BriefFile) -> Iterator[tuple[type[Thing], NamedFile]]:
    yield from ((Product, thing) for thing in brief.products)
    yield from ((Segment, thing) for thing in brief.segments)
    yield from ((Channel, thing) for thing in brief.channels)


def _plan(model: type[Thing], file: NamedFile, market: Market, faults: FaultList) -> None:
    key = (model, file.name.casefold())
    if model is Product and key not in market.things and "state" not in file.told:
        _refuse_unknown_product(file, market, faults)
        return
    if file.told and _contradicts(file, market.told.setdefault(key, (file.told, faults.file))):
        faults.add(
            file.line,
            _("%(file)s tells “%(name)s” otherwise.")
            % {"file": market.told[key][1], "name": file.name},
            _("Write the same in both, or its name only in one of them."),
        )
        return
    _tell(model, file, market, faults)


def _contradicts(file: NamedFile, before: tuple[dict[str, str], str]) -> bool:
    return file.told != before[0]


def _tell(model: type[Thing], file: NamedFile, market: Market, faults: FaultList) -> None:
    key = (model, file.name.casefold())
    thing = market.things.setdefault(key, model(name=file.name))
    before = [getattr(thing, name) for name in file.told]
    for name, text in file.told.items():
        setattr(thing, name, text)
    if thing.pk is None or before != list(file.told.values()):
        market.changed.setdefault(key, faults.file)
    try:
        thing.clean_fields()
    except ValidationError as error:
        add_validation(faults, file.line, f"“{file.name[:40]}”", error)


def _refuse_unknown_product(file: NamedFile, market: Market, faults: FaultList) -> None:
    known = sorted(
        str(thing) for (model, _name), thing in market.things.items() if model is Product
    )
    near = get_close_matches(file.name, known, n=3)
    remedy = (
        _("Did you mean %(names)s?") % {"names": ", ".join(near)}
        if near
        else _("To make it, write “name: …” and “state: …” below “product:”.")
    )
    faults.add(file.line, _("There is no product “%(name)s”.") % {"name": file.name[:60]}, remedy)


def fill_market(page: BriefPage, file: BriefFile, market: Market) -> None:
    products = [market.named(Product, product) for product in file.products]
    page.product = next(iter(products), None)
    page.channels = _known(market.named(Channel, channel) for channel in file.channels)
    page.segment_messages = [
        SegmentMessage(segment=segment, message=line.message, sort_order=place)
        for place, line in enumerate(file.segments)
        if (segment := market.named(Segment, line))
    ]


def _known(things: Iterator[Any]) -> list[Any]:
    return [thing for thing in things if thing]


def market_of(page: BriefPage) -> tuple[object, ...]:
    """What files decide of a page's market; two equal ones need no new version."""
    messages: Any = page.segment_messages
    channels: Any = page.channels
    return (
        _told_of(page.product, PRODUCT_NAMES),
        sorted(_told_of(channel, CHANNEL_NAMES) for channel in channels.all()),
        [
            (*_told_of(line.segment, ("name", "description")), line.message)
            for line in messages.all()
        ],
        page.replaced_by.slug if page.replaced_by else "",
    )


def _told_of(thing: Thing | None, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(getattr(thing, name) for name in names) if thing else ()


def write_market(market: Market) -> None:
    for key in market.changed:
        market.things[key].save()


def settle_market(page: BriefPage) -> None:
    """What was new when the page was filled has its primary key only now."""
    messages: Any = page.segment_messages
    page.product = page.product
    page.replaced_by = page.replaced_by
    for line in messages.all():
        line.segment = line.segment
