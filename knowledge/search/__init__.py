from knowledge.search.results import HitGroup, HitLine, SearchResult, example_queries, search_pages
from knowledge.spelling import tidied

__all__ = [
    "HitGroup",
    "HitLine",
    "SearchResult",
    "example_queries",
    "search_pages",
    "tidied",
]
