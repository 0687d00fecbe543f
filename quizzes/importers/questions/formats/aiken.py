"""Aiken: choices, one right answer each. Nothing else can be said in it, so none is written."""

from quizzes.importers.aiken import is_aiken, parse
from quizzes.importers.questions.drafts import understood
from quizzes.importers.questions.formats.format import Format, Reading

AIKEN = Format(
    name="aiken",
    label="Aiken",
    suffixes=(".txt",),
    is_it=lambda source: is_aiken(source.text),
    read=lambda source: Reading(understood(parse(source.text), source.name)),
)
