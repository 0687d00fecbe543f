"""Makes ready what Markdown wrote, so that no cleaning takes words away with the tags."""

import re
from collections.abc import Iterator

COMMENT = "<!--"
COMMENT_END = "-->"
PARAGRAPH_END = "</p>"

_HTML = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink
blockquote body br button canvas caption center cite code col colgroup data datalist dd del details
dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2
h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins kbd label legend li link main
map mark marquee menu meta meter nav nobr noembed noframes noscript object ol optgroup option
output p param picture pre progress q rb rp rt rtc ruby s samp script search section select slot
small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th
thead time title tr track tt u ul var video wbr xmp
circle clippath defs desc ellipse g line lineargradient mask path pattern polygon polyline
radialgradient rect stop symbol text tspan use filter
"""
KNOWN = frozenset(_HTML.split())
# What needs no end tag says nothing of the depth.
UNCOUNTED = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr", "dd", "dt", "li", "option", "p"),
        *("tbody", "td", "tfoot", "th", "thead", "tr"),
    )
)
MOST_DEPTH = 300

_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:_.-]*)")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
_UNSEEN = re.compile(r"<(/?)(script|style)\b[^<>]*>", re.IGNORECASE)
_TEMPLATE = re.compile(r"</?template\b[^<>]*>", re.IGNORECASE)


def ready(html: str) -> tuple[str, int]:
    """The HTML without scripts and styles, and how many scripts there were.

    A tag that HTML doesn't know, like “<name>” in a letter, is shown as it was typed; a script or
    a comment that never ends hides nothing.
    """
    html = _NAME.sub(_shown_if_unknown, _with_closed_comments(_TEMPLATE.sub("", html)))
    html = _TAG.sub(_Depth(), html)
    kept: list[str] = []
    end = scripts = 0
    for start, stop, is_script in _unseen(html):
        kept.append(_as_words(html[end:start]))
        end = stop
        scripts += is_script
    return "".join([*kept, _as_words(html[end:])]), scripts


class _Depth:
    """Takes away tags that are nested deeper than anybody means: browsers count them one by one."""

    def __init__(self) -> None:
        self.depth = 0

    def __call__(self, found: re.Match[str]) -> str:
        if found[2].lower() in UNCOUNTED:
            return found[0]
        self.depth = max(0, self.depth - 1) if found[1] else self.depth + 1
        return found[0] if self.depth <= MOST_DEPTH else ""


def _unseen(html: str) -> Iterator[tuple[int, int, bool]]:
    """Where each script or style begins and ends; none reaches over the end of a paragraph."""
    opened: re.Match[str] | None = None
    for found in _UNSEEN.finditer(html):
        if not found[1]:
            opened = found
        elif opened and found[2].lower() == opened[2].lower():
            if PARAGRAPH_END not in html[opened.end() : found.start()]:
                yield opened.start(), found.end(), found[2].lower() == "script"
            opened = None


def _as_words(html: str) -> str:
    return _UNSEEN.sub(lambda found: f"&lt;{found.group()[1:]}", html)


def _shown_if_unknown(found: re.Match[str]) -> str:
    if found[2].lower() in KNOWN:
        return found.group()
    return f"&lt;{found[1]}{found[2]}"


def _with_closed_comments(html: str) -> str:
    last = html.rfind(COMMENT)
    if last > html.rfind(COMMENT_END):
        return f"{html[:last]}&lt;!--{html[last + len(COMMENT) :]}"
    return html
