"""The thread of a promise on pages of other rooms, and whose word it waits for."""

from django import template
from django.contrib.auth.models import AbstractBaseUser

from departments.reports.drawn import DrawnThread, drawn_thread
from departments.reports.words_waiting import WordWaiting, words_waiting
from departments.wording import missing_words, waiting_words
from knowledge.models import PromisePage
from quizzes.days import organisation_today

register = template.Library()

register.filter("waiting_words", waiting_words)
register.filter("missing_words", missing_words)


@register.simple_tag(name="thread")
def thread_tag(promise: PromisePage, person: AbstractBaseUser) -> DrawnThread:
    """As this reader may see it today; a fixed number of queries."""
    return drawn_thread(promise, person, on=organisation_today())


@register.simple_tag
def sign_offs_waiting(person: AbstractBaseUser) -> list[WordWaiting]:
    """Of departments that this person leads; no query for who leads none."""
    if not getattr(person, "is_head", False):
        return []
    return words_waiting(person, on=organisation_today())
