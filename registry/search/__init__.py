"""Finding people: the index of names, the query, the filters, the reasons, the facets."""

from .explaining import Match, Reason
from .facets import FacetValue
from .finding import Found, FoundPage, Hit, find_people, suggest
from .indexing import index_names, people_called, reindex_people
from .query import PeopleQuery
from .vocabulary import forget_words

__all__ = [
    "FacetValue",
    "Found",
    "FoundPage",
    "Hit",
    "Match",
    "PeopleQuery",
    "Reason",
    "find_people",
    "forget_words",
    "index_names",
    "people_called",
    "reindex_people",
    "suggest",
]
