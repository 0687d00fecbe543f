"""Keeps the tags of other tools, {{ … }} and {% … %}, out of Markdown's hands."""

import re

# Either stops at the next opening brace, so that unclosed ones cost no second look.
_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%(?:(?!%\}|\{%)[\s\S])*%\}")


class Shield:
    """`text` holds a word in place of each tag; `show` brings the tags back."""

    def __init__(self, text: str) -> None:
        self.tags: list[str] = []
        self._word = "Ztag"
        while self._word in text:
            self._word += "q"
        self._hidden = re.compile(rf"{self._word}(\d+)z")
        self.text = _TAG.sub(self._hide, text)

    def _hide(self, found: re.Match[str]) -> str:
        self.tags.append(found.group())
        return f"{self._word}{len(self.tags) - 1}z"

    def show(self, text: str) -> str:
        return self._hidden.sub(lambda found: self.tags[int(found[1])], text)

    def hides(self, text: str) -> bool:
        return self._word in text
