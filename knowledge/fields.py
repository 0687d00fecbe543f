from typing import Any

from wagtail.fields import StreamField


class LeanStreamField(StreamField):
    """A StreamField whose migrations don't repeat its blocks, which no database needs to know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Migrations rebuild the field without its blocks.
        super().__init__(*(args or ([],)), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _blocks, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
