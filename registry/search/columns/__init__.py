"""The facts of everybody as columns in memory: filters, facets and pages over three million.

`current()` gives the columns as they are true now, in every process, though their files were
written a while ago; `narrow` of them leaves who answers a query, of everybody or of those whom
the index of names has found.
"""

from .current import Columns, current
from .narrowed import Narrowed
from .plain import PlainColumns, PlainNarrowed
from .storing import ColumnsMissing, write_columns

__all__ = [
    "Columns",
    "ColumnsMissing",
    "Narrowed",
    "PlainColumns",
    "PlainNarrowed",
    "current",
    "write_columns",
]
