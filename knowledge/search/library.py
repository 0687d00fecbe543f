"""The index of everything that colleagues may read, kept in the memory of each process.

**Guarantee.** A page that was unpublished, restricted or deleted is gone with the next search, in
every process, and its words with it; a page that was published is found with the next search.

**Steps.** Every search asks the database, in one query, which pages are open and in which version.
What is no longer open is dropped, what has another version is read again, and only then is the
index asked. A lesson is open when its module is, too.

Each language has a library of its own. It holds every page once: in that language where the page is
translated, else in the organisation's.

Customers' words are read at every search, in one query, and put in order again when they changed.

Content changes by publishing. A row changed behind Wagtail's back is found by its old words until
its page is published again, or the process starts anew.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from knowledge.models import (
    BriefPage,
    CustomerWord,
    KnowledgePage,
    LessonPage,
    ModulePage,
    PromisePage,
)
from knowledge.models.languages import readers_language
from knowledge.models.pages import KnowledgeQuerySet
from knowledge.search.catalogue import Document, Section
from knowledge.search.documents import (
    PageDocuments,
    brief_documents,
    lesson_documents,
    module_documents,
    promise_documents,
)
from knowledge.search.finding import Index
from knowledge.search.hits import Found
from knowledge.search.synonyms import Synonyms

READERS: dict[type[KnowledgePage], Callable[[Iterable[int]], PageDocuments]] = {
    BriefPage: brief_documents,
    PromisePage: promise_documents,
    ModulePage: module_documents,
    LessonPage: lesson_documents,
}
# What every publication changes; the key tells a page from one that had its number before.
VERSION = ("last_published_at", "live_revision", "translation_key")
READ_AT_ONCE = 500

type Versions = dict[int, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class OpenPage:
    """`version` is another one whenever the page may say something else."""

    pk: int
    model: type[KnowledgePage]
    path: str
    version: tuple[Any, ...]


class Library:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index = Index()
        self._versions: Versions = {}
        self._pairs: list[tuple[str, str]] = []
        self._synonyms = Synonyms()

    def find(self, query: str, *, most: int) -> Found:
        """At most `most` hits of each section; two queries, and more after something changed."""
        with self._lock:
            self._refresh()
            self._learn_words()
            readings = self._synonyms.readings(query, is_known=self._index.knows)
            return self._index.find(query, most=most, readings=readings)

    def documents(self, section: Section) -> list[Document]:
        with self._lock:
            self._refresh()
            return list(self._index.documents(section))

    def _refresh(self) -> None:
        open_now = open_versions()
        for pk in self._versions.keys() - {pk for versions in open_now.values() for pk in versions}:
            self._index.drop(pk)
            del self._versions[pk]
        for model, versions in open_now.items():
            self._read_again(model, versions)

    def _learn_words(self) -> None:
        pairs = list(CustomerWord.objects.values_list("theirs", "ours"))
        if pairs != self._pairs:
            self._pairs, self._synonyms = pairs, Synonyms(pairs)

    def _read_again(self, model: type[KnowledgePage], versions: Versions) -> None:
        changed = [pk for pk, version in versions.items() if self._versions.get(pk) != version]
        for start in range(0, len(changed), READ_AT_ONCE):
            for pk, documents in READERS[model](changed[start : start + READ_AT_ONCE]):
                self._index.put(pk, documents)
                self._versions[pk] = versions[pk]


def open_versions() -> dict[type[KnowledgePage], Versions]:
    """The pages that every colleague may read, each with its version; one query."""
    pages = list(open_pages())
    above = {page.path: page.version for page in pages if page.model is ModulePage}
    versions: dict[type[KnowledgePage], Versions] = defaultdict(dict)
    for page in pages:
        if page.model is not LessonPage:
            versions[page.model][page.pk] = page.version
        elif module := above.get(page.path[: -Page.steplen]):
            versions[LessonPage][page.pk] = (*page.version, *module)
    return versions


def open_pages() -> Iterable[OpenPage]:
    language = readers_language()
    lent = translated_versions(language) if language else {}
    models = {ContentType.objects.get_for_model(model).pk: model for model in READERS}
    rows = (
        KnowledgeQuerySet(Page)
        .open_to_colleagues()
        .filter(content_type__in=models)
        .values_list("pk", "content_type", "path", *VERSION)
    )
    for pk, kind, path, *version, key in rows:
        yield OpenPage(pk, models[kind], path, (*version, key, *lent.get(key, ())))


def translated_versions(language: str) -> dict[UUID, tuple[Any, ...]]:
    """The versions of translations by what they share with their source; one query."""
    pages = KnowledgeQuerySet(Page).live_to_all().filter(locale__language_code=language)
    return {key: tuple(version) for *version, key in pages.values_list(*VERSION)}
