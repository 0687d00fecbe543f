"""Finds out in which code page a file was written.

**Guarantee.** A byte order mark, UTF-16 and UTF-8 are known for certain. A page of 256 signs can
only be guessed, so what was taken is always told, and a page that is declared is never doubted.

**Steps.** A byte order mark decides. Else every second byte empty is UTF-16, and what reads as
UTF-8 is UTF-8. Else each page in `PAGES` reads the words that hold more than plain letters, and
the one wins whose words look most like words: their letters belong to one language, no capital
follows a small letter, no sign stands inside. Where several look alike, the more usual one wins.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

LABELS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32",
    **{f"cp{number}": f"Windows-{number}" for number in range(1250, 1259)},
    **{f"cp{number}": f"DOS code page {number}" for number in (437, 737, 775, 850, 852, 855)},
    **{f"cp{number}": f"DOS code page {number}" for number in (857, 858, 860, 861, 863, 865, 866)},
    **{f"iso8859-{number}": f"ISO 8859-{number}" for number in (1, 2, 4, 5, 7, 9, 10, 13, 15, 16)},
    "mac-roman": "Mac Roman",
    "koi8-r": "KOI8-R",
    "cp932": "Windows-932",
    "shift_jis": "Shift JIS",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "gb18030": "GB 18030",
    "gbk": "GBK",
    "big5": "Big5",
}

# The usual ones first.
PAGES = (
    *("cp1252", "cp850", "cp437", "cp1250", "cp852", "iso8859-2", "cp1251", "cp866", "cp1253"),
    *("cp1254", "cp1257", "mac-roman"),
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Letters beside the plain ones, language by language, and how much a word of it speaks for a page.
_ALPHABETS = tuple(
    (weight, frozenset(letters))
    for weight, letters in (
        (3, "äöüß"),
        (3, "àâçéèêëîïôùûüÿœæ"),
        (3, "áéíóúñü"),
        (3, "åäöøæéü"),
        (3, "àèéìíòóù"),
        (3, "ãõáâêéíóôúàç"),
        (3, "ąćęłńóśźż"),
        (3, "áčďéěíňóřšťúůýž"),
        (3, "áäčďéíĺľňóôŕšťúýž"),
        (3, "áéíóöőúüű"),
        (3, "ăâîșțşţ"),
        (3, "čćđšž"),
        (3, "çğıöşüâ\u0307"),
        (3, "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџ"),
        (3, "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),
        (2, "áðéíóúýþæö"),
        (2, "ąčęėįšųūž"),
        (2, "āčēģīķļņšūž"),
        (2, "äõöüšž"),
        (2, "àçèéíïòóúü·"),
    )
)
_VOWELS = frozenset("аеёиоуыэюяіїєαεηιουωάέήίόύώϊϋ")
_FIRST_GREEK = "\u0370"

_PLAIN = 1.0
_APOSTROPHE = 3.0
_FOREIGN = -1.0
_NO_WORD = -4.0
_SMALL_START = 0.5
_AROUND_WORDS = "’‘“”„‚–—…€£¥•®™©°«»§\xa0"

_HIGH = re.compile(rb"[\x80-\xff]{1,80}")
# The figure behind it tells a currency sign from a letter: “£5” is no word in any page.
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*[0-9]?")
_REACH = 15
_MOST_PLACES = 5_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the name of the code page in which it was written."""

    text: str
    label: str
    is_guess: bool = False


class Undecodable(Exception):
    """No text in this code page from this byte on; `label` is empty where none is plausible."""

    def __init__(self, label: str, start: int) -> None:
        self.label = label
        self.start = start
        super().__init__(label, start)


def known_page(name: str) -> str | None:
    """The codec of a code page by any of its names: “Windows-1252”, “cp850”, “latin1”."""
    plain = name.strip().lower().replace(" ", "-")
    number = re.fullmatch(r"(?:windows|dos|ibm|oem|ansi|cp)?-?(\d{3,5})", plain)
    try:
        codec = codecs.lookup(f"cp{number[1]}" if number else plain).name
    except (LookupError, ValueError):
        return None
    return codec if codec in LABELS else None


def decode(data: bytes, page: str | None = None) -> Decoded:
    """`page` is a codec that `known_page` gave; raises `Undecodable`."""
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), None)
    if certain := marked or page or _wide_page(data):
        return _decoded(data, certain)
    try:
        return _decoded(data, "utf-8")
    except Undecodable:
        if _is_mostly_utf8(data):
            raise
    return _guessed(data)


def _decoded(data: bytes, codec: str) -> Decoded:
    try:
        # Programs that join files leave a mark of each.
        return Decoded(data.decode(codec).lstrip("\ufeff"), LABELS[codec])
    except UnicodeDecodeError as error:
        raise Undecodable(LABELS[codec], error.start) from error


def _wide_page(data: bytes) -> str | None:
    """UTF-16 without a mark: plain letters leave every second byte empty."""
    sample = data[:4096]
    if len(sample) < 8:
        return None
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    few, many = sorted((first, second))
    if many * 6 < len(sample) or few * 10 > many:
        return None
    return "utf-16-be" if first > second else "utf-16-le"


def _is_mostly_utf8(data: bytes) -> bool:
    """A damaged file rather than one in an old code page."""
    runs = [run.group() for run, _place in zip(_HIGH.finditer(data), range(1000), strict=False)]
    return 2 * sum(_is_utf8(run) for run in runs) > len(runs)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guessed(data: bytes) -> Decoded:
    words = _unusual_words(data)
    scores = {page: _score(words, page) for page in PAGES}
    for page in sorted(PAGES, key=scores.__getitem__, reverse=True):
        if scores[page] <= 0:
            break
        try:
            return replace(_decoded(data, page), is_guess=True)
        except Undecodable:
            continue
    raise Undecodable("", _HIGH.search(data).start())  # type: ignore[union-attr]  # plain text is UTF-8


def _unusual_words(data: bytes) -> Counter[bytes]:
    words: Counter[bytes] = Counter()
    for place, _number in zip(_HIGH.finditer(data), range(_MOST_PLACES), strict=False):
        around = data[max(0, place.start() - _REACH) : place.end() + _REACH]
        words.update(_WORD.findall(around))
    return words


def _score(words: Counter[bytes], page: str) -> float:
    """What speaks for a page: each word, and how many of them are of one and the same language."""
    try:
        read = [(word.decode(page).strip(_AROUND_WORDS), count) for word, count in words.items()]
    except UnicodeDecodeError:
        return float("-inf")
    together = Counter[int]()
    for word, count in read:
        together.update(dict.fromkeys(_languages(word), count))
    return sum(count * _plausibility(word) for word, count in read) + max(
        together.values(), default=0
    )


def _plausibility(word: str) -> float:
    plain = word.replace("’", "").replace("·", "")
    if word.isascii():
        return _PLAIN
    if not plain.isalpha() or _is_oddly_cased(plain):
        return _NO_WORD
    if plain.isascii():
        return _APOSTROPHE
    weight = max((_ALPHABETS[language][0] for language in _languages(word)), default=_FOREIGN)
    return weight - (_SMALL_START if word[0].islower() and not word[0].isascii() else 0)


def _is_oddly_cased(word: str) -> bool:
    """A capital after a small letter, or two capitals in a word that goes on in small letters."""
    return not word.isupper() and any(
        letter.isupper() and not (before + letter).isascii() for before, letter in pairwise(word)
    )


def _languages(word: str) -> list[int]:
    """Places in `_ALPHABETS` of the languages that have all letters of the word."""
    unusual = {letter for letter in word.lower() if not letter.isascii() and letter != "’"}
    if not unusual or not _is_of_one_script(word, unusual):
        return []
    return [place for place, (_weight, known) in enumerate(_ALPHABETS) if unusual <= known]


def _is_of_one_script(word: str, unusual: set[str]) -> bool:
    """Cyrillic and Greek words hold no plain letters; all others hold some, but for short ones."""
    plain = sum(letter.isascii() for letter in word)
    if min(unusual) < _FIRST_GREEK:
        return plain > 0 or len(word) < 5
    vowels = sum(letter in _VOWELS for letter in word.lower())
    return plain == 0 and (len(word) < 4 or vowels * 5 >= len(word))
