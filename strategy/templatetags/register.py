"""The promise register, which stands on a page of knowledge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.core.paginator import Page as Sheet
from django.http import QueryDict

from departments.templatetags.departments import PromiseLine, own_promise_lines
from knowledge.forms import PromiseListForm
from knowledge.models import PromisePage
from knowledge.templatetags.knowledge import sheet_of
from quizzes.days import organisation_today
from strategy.reports import register_words
from strategy.reports.launches import Launch
from strategy.reports.register import (
    RegisterLine,
    promises_listed,
    reads_verdicts_first,
    register_lines,
)

register = template.Library()


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a promise, and what it asks of the reader."""

    known: RegisterLine
    own: PromiseLine


@dataclass(frozen=True, slots=True)
class Register:
    form: PromiseListForm
    total: int
    sheet: Sheet[Any]
    rows: Sequence[Row]
    is_by_verdict: bool


@register.simple_tag
def promise_register(asked: QueryDict, reader: AbstractBaseUser) -> Register:
    on, form = organisation_today(), PromiseListForm(asked)
    sheet = sheet_of(promises_listed(form, reader, on=on), asked.get("page"))
    listed = list(sheet)
    known = register_lines(listed, reader, on=on)
    own = own_promise_lines(listed, reader)
    rows = [Row(*both) for both in zip(known, own, strict=True)]
    total = PromisePage.objects.open_to_colleagues().count()
    return Register(form, total, sheet, rows, reads_verdicts_first(reader))


@register.filter
def evidence_told(line: RegisterLine) -> str:
    return register_words.evidence_told(line)


@register.filter
def links_told(line: RegisterLine) -> str:
    return register_words.links_told(line.thread)


@register.filter
def waits_told(line: RegisterLine) -> list[str]:
    return register_words.waits_told(line.thread)


@register.filter
def launch_told(launch: Launch) -> str:
    return register_words.launch_told(launch)


@register.filter
def overrides_told(line: RegisterLine) -> str:
    return register_words.overrides_told(line)
