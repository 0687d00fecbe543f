"""What colleagues said about the briefs, and what their keepers did about it.

Days are offsets from the anchor, a Friday; nothing happens at a weekend.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from knowledge.actions import make_remark, note_miss, reply_to_remark
from knowledge.actions.keeping import verify_pages
from knowledge.models import BriefPage, CustomerWord, Fact, Remark
from knowledge.publishing import going_live_at
from knowledge.reports import Passage
from portal.models import User

CARE = "rhys.mallender@wrenfield.example"
SALES = "tobin.raskelle@wrenfield.example"
FIELD = "sanjay.quillbrook@wrenfield.example"
BEATRIZ = "beatriz.alderwick@wrenfield.example"
AMARA = "amara.vellacott-iyer@wrenfield.example"
NOOR = "noor.ashgrove-lind@wrenfield.example"

# Who said when that a brief is still true. Nobody has looked at Switch in Five for a while.
LOOKED_AT = (
    ("home-fibre-300", BEATRIZ, -58),
    ("switch-in-five", BEATRIZ, -204),
    ("price-lock-24", BEATRIZ, -31),
    ("fair-refund", AMARA, -37),
    ("person-in-two", NOOR, -46),
)

# What customers call a thing, and what the company calls it.
WORDS = (
    ("money back", "refund", "Calls about refunds, every week"),
    ("box", "router", "Shop visits"),
    ("hub", "router", "Chat in the app"),
    ("cancel", "leaving early", "Goodbye calls"),
    ("dead zone", "rooms you name", "Whole-Home Wi-Fi pilot homes"),
    ("moving house", "switch", "Sales calls"),
)

SEARCHED_IN_VAIN = (("bank holiday refund", 6), ("student discount", 4), ("landline number", 3))


def talk(anchor: date) -> None:
    """Plays remarks and replies, verifications, customers' words and searches in vain."""

    def moment(day: int) -> datetime:
        on = anchor + timedelta(days=day)
        return datetime.combine(on, time(10, 20), ZoneInfo(settings.TIME_ZONE))

    for slug, email, day in LOOKED_AT:
        verify_pages(pages=[brief(slug)], by=person(email), at=moment(day))
    CustomerWord.objects.bulk_create(
        CustomerWord(theirs=theirs, ours=ours, note=note) for theirs, ours, note in WORDS
    )
    for query, count in SEARCHED_IN_VAIN:
        for _time in range(count):
            note_miss(query, on=anchor)
    settled = remark(
        CARE,
        "price-lock-24-not-locked",
        Remark.Kind.QUESTION,
        "Does the price of a call abroad stay the same for two years?",
        moment(-24),
    )
    reply_to_remark(
        remark=settled,
        by=person(BEATRIZ),
        outcome=Remark.Outcome.ANSWERED,
        reply="No. Calls abroad are outside the plan, so their price can change.",
        at=moment(-23),
    )
    remark(
        FIELD,
        "switch-in-five-slot",
        Remark.Kind.NOT_EXPERIENCED,
        "In the valley we often need three hours, because of the road works.",
        moment(-4),
    )
    remark(
        SALES,
        "fair-refund-date",
        Remark.Kind.UNCLEAR,
        "What do I say when that Thursday is a bank holiday?",
        moment(-1),
    )


def remark(email: str, key: str, kind: str, words: str, at: datetime) -> Remark:
    """What somebody says of one fact."""
    fact = Fact.objects.select_related("brief").get(key=key)
    with going_live_at(at):
        return make_remark(
            person=person(email),
            page=fact.brief,
            passage=Passage(quote=fact.statement, fact_key=key),
            kind=kind,
            words=words,
            at=at,
        )


def brief(slug: str) -> BriefPage:
    page: BriefPage = BriefPage.objects.get(slug=slug)
    return page


def person(email: str) -> User:
    found: User = User.objects.get(email=email)
    return found
