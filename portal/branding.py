"""From one brand colour to every accent the portal draws with, in both themes.

**Guarantee.** Whatever colour an organisation chooses, words in the accent have a contrast of at
least 4.5 on every ground they can stand on (page, card, sunken panel, soft tint), and so have the
words on an accent button, resting and hovered (WCAG 2.2, 1.4.3).

**Steps.** The colour is read into OKLCH, where equal steps of lightness look equal and a change of
lightness keeps the hue. On the light theme it is darkened, on the dark theme lightened, in steps
of 0.01 until it passes; chroma gives way where sRGB cannot show it. From the result follow the
hover (one visible step away), the soft tint (same hue, paper-light or night-dark, moved towards
the page until the accent passes on it) and the words on a button (white or near-black, whichever
reads better). The header line keeps the brand colour itself wherever it can be seen: it carries
no words.

The default colour is the exception. Its tokens were tuned by hand for the printed palette, so
they are a table here; the guarantee is tested for them as for all others.

Contrast: WCAG relative luminance. OKLCH: Björn Ottosson, "A perceptual color space for image
processing" (2020). Lightness runs 0–1, hue in radians.
"""

import math
import re
from dataclasses import asdict, dataclass
from itertools import count

DEFAULT_ACCENT = "#0b5c5e"
READABLE = 4.5

LIGHT_GROUNDS = ("#faf8f4", "#ffffff", "#f2eee7")
DARK_GROUNDS = ("#14171a", "#1c2024", "#101315")
BUTTON_WORDS = ("#ffffff", "#14171a")

LIGHTNESS_STEP = 0.01
HOVER_STEP = 0.06
NEARLY_BLACK = 0.25
HOVER_STEP_FROM_BLACK = 0.15
DARK_THEME_LIGHTNESS = 0.766
# Paper shows a pale line by its thickness; on the night ground a dull line disappears.
VISIBLE_LINE_ON_PAPER = 1.3
VISIBLE_LINE_ON_NIGHT = 3.0


@dataclass(frozen=True)
class ThemeAccent:
    """The accent of one theme, as lower-case hex colours."""

    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    accent_line: str


@dataclass(frozen=True)
class AccentTokens:
    """The accent of both themes. `moved`: the chosen colour was too light for words on paper."""

    light: ThemeAccent
    dark: ThemeAccent
    moved: bool
    contrast: float


@dataclass(frozen=True)
class Oklch:
    lightness: float
    chroma: float
    hue: float


HAND_TUNED_DEFAULT = (
    ThemeAccent("#0b5c5e", "#08484a", "#ddeeec", "#ffffff", "#0b5c5e"),
    ThemeAccent("#6cc5bf", "#8ad6d1", "#17383a", "#14171a", "#6cc5bf"),
)


def accent_tokens(colour: str) -> AccentTokens:
    """`colour` is # and six hexadecimal digits; anything else raises `ValueError`."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"{colour!r} is not a colour like {DEFAULT_ACCENT}")
    brand = colour.lower()
    light, dark = (
        HAND_TUNED_DEFAULT if brand == DEFAULT_ACCENT else (_on_paper(brand), _at_night(brand))
    )
    return AccentTokens(light, dark, light.accent != brand, worst_contrast(brand, LIGHT_GROUNDS))


def custom_properties(tokens: AccentTokens) -> str:
    """The declarations for `:root`; each property carries both themes."""
    dark = asdict(tokens.dark)
    return " ".join(
        f"--{name.replace('_', '-')}: light-dark({colour}, {dark[name]});"
        for name, colour in asdict(tokens.light).items()
    )


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def worst_contrast(colour: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _on_paper(brand: str) -> ThemeAccent:
    accent = _readable(_to_oklch(brand), brand, LIGHT_GROUNDS, towards=-1)
    tone = _to_oklch(accent)
    away = -HOVER_STEP if tone.lightness > NEARLY_BLACK else HOVER_STEP_FROM_BLACK
    hover = _to_hex(Oklch(tone.lightness + away, tone.chroma * 0.85, tone.hue))
    soft = _soft(accent, Oklch(0.936, tone.chroma * 0.26, tone.hue), towards=1)
    line = brand if contrast(brand, LIGHT_GROUNDS[0]) >= VISIBLE_LINE_ON_PAPER else accent
    return ThemeAccent(accent, hover, soft, _button_words(accent, hover), line)


def _at_night(brand: str) -> ThemeAccent:
    tone = _to_oklch(brand)
    start = Oklch(max(tone.lightness, DARK_THEME_LIGHTNESS), tone.chroma * 1.2, tone.hue)
    first = brand if tone.lightness >= DARK_THEME_LIGHTNESS else _to_hex(start)
    accent = _readable(start, first, DARK_GROUNDS, towards=1)
    tone = _to_oklch(accent)
    away = HOVER_STEP if tone.lightness < 1 - HOVER_STEP else -HOVER_STEP
    hover = _to_hex(Oklch(tone.lightness + away, tone.chroma * 0.88, tone.hue))
    soft = _soft(accent, Oklch(0.317, tone.chroma * 0.45, tone.hue), towards=-1)
    line = brand if contrast(brand, DARK_GROUNDS[0]) >= VISIBLE_LINE_ON_NIGHT else accent
    return ThemeAccent(accent, hover, soft, _button_words(accent, hover), line)


def _readable(tone: Oklch, colour: str, grounds: tuple[str, ...], *, towards: int) -> str:
    for step in count(1):
        if worst_contrast(colour, grounds) >= READABLE:
            break
        colour = _to_hex(_lighter(tone, towards * step * LIGHTNESS_STEP))
    return colour


def _soft(accent: str, tint: Oklch, *, towards: int) -> str:
    for step in count():
        soft = _to_hex(_lighter(tint, towards * step * LIGHTNESS_STEP))
        if contrast(accent, soft) >= READABLE:
            break
    return soft


def _lighter(tone: Oklch, by: float) -> Oklch:
    return Oklch(min(max(tone.lightness + by, 0.0), 1.0), tone.chroma, tone.hue)


def _button_words(accent: str, hover: str) -> str:
    return max(BUTTON_WORDS, key=lambda words: worst_contrast(words, (accent, hover)))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklch(colour: str) -> Oklch:
    red, green, blue = _channels(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.atan2(b, a))


def _to_linear(tone: Oklch) -> tuple[float, float, float]:
    a, b = tone.chroma * math.cos(tone.hue), tone.chroma * math.sin(tone.hue)
    long = (tone.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (tone.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (tone.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _to_hex(tone: Oklch) -> str:
    """Chroma shrinks until the colour exists in sRGB, so that hue and lightness stay true."""
    chroma = tone.chroma
    while chroma > 0.001 and not _is_shown(_to_linear(Oklch(tone.lightness, chroma, tone.hue))):
        chroma *= 0.97
    shown = _to_linear(Oklch(tone.lightness, chroma, tone.hue))
    clipped = (_encoded(min(max(channel, 0.0), 1.0)) for channel in shown)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in clipped)


def _is_shown(channels: tuple[float, float, float]) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in channels)
