"""What a reader of the report should know about a page that came from another tool."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NAMED = 3
LESSON_WORDS = (150, 300)
MANY_WORDS = 400


class Notes:
    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.lost_links: list[str] = []
        self.pictures: list[str] = []
        self.left_out: Counter[str] = Counter()

    def count(self, what: str, times: int = 1) -> None:
        self.counts[what] += times

    def told(self) -> list[str]:
        told = [words(self.counts[what]) for what, words in _WORDS.items() if self.counts[what]]
        if self.lost_links:
            told.append(
                _("Links that lead to no page became text: %(links)s.")
                % {"links": _few(self.lost_links)}
            )
        told += [_("Picture left out: %(why)s.") % {"why": why} for why in self.pictures]
        if self.left_out:
            told.append(_("Left out: %(what)s.") % {"what": _few(self.left_out)})
        return told


def _few(names: Iterable[str]) -> str:
    names = list(dict.fromkeys(names))
    shown = ", ".join(f"“{name[:60]}”" for name in names[:NAMED])
    more = len(names) - NAMED
    return _("%(shown)s and %(more)s more") % {"shown": shown, "more": more} if more > 0 else shown


def _tables(count: int) -> str:
    return ngettext("A table became a list.", "%(count)s tables became lists.", count) % {
        "count": count
    }


def _code(_count: int) -> str:
    return _("Code is shown as text.")


def _anchors(count: int) -> str:
    return ngettext(
        "A link within a page became text.", "%(count)s links within a page became text.", count
    ) % {"count": count}


def _tags(count: int) -> str:
    return ngettext(
        "A tag of another tool ({{ }} or {%% %%}) is shown as it stands.",
        "%(count)s tags of another tool ({{ }} or {%% %%}) are shown as they stand.",
        count,
    ) % {"count": count}


def _embedded(_count: int) -> str:
    return _("What was shown from elsewhere (a video, a frame) became a link.")


def _undescribed(count: int) -> str:
    return ngettext(
        "A picture needs a description.", "%(count)s pictures need a description.", count
    ) % {"count": count}


_WORDS = {
    "table": _tables,
    "code": _code,
    "anchor": _anchors,
    "tag": _tags,
    "embedded": _embedded,
    "undescribed": _undescribed,
}


def length_note(words: int) -> list[str]:
    if words <= MANY_WORDS:
        return []
    return [
        _("%(words)s words; a lesson has %(least)s to %(most)s.")
        % {"words": f"{words:,}", "least": LESSON_WORDS[0], "most": LESSON_WORDS[1]}
    ]


def unused_note(names: Iterable[str]) -> list[str]:
    names = list(names)
    return [_("Not used: %(names)s.") % {"names": ", ".join(names)}] if names else []
