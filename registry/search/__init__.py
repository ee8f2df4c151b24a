"""Finding people: the index of names, the query, the filters, the ranking, the facets."""

from .indexing import index_names, reindex_people

__all__ = ["index_names", "reindex_people"]
