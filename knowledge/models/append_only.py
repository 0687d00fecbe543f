from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(TypeError):
    """History is written once."""


class AppendOnlyQuerySet[Row: models.Model](models.QuerySet[Row]):
    def update(self, **_values: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError


class AppendOnly(models.Model):
    """A row that is written once, and neither changed nor deleted by anybody's code."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError
