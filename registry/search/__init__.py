"""Finding people: the index of names, the query, the filters, the reasons, the facets."""

from .facets import FacetValue
from .finding import Found, FoundPage, Hit, Suggested, find_people, suggest
from .index.updating import index_names, people_called, reindex_people
from .index.vocabulary import forget_words
from .matching.explaining import Match, Reason
from .query import PeopleQuery

__all__ = [
    "FacetValue",
    "Found",
    "FoundPage",
    "Hit",
    "Match",
    "PeopleQuery",
    "Reason",
    "Suggested",
    "find_people",
    "forget_words",
    "index_names",
    "people_called",
    "reindex_people",
    "suggest",
]
