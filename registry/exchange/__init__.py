"""The registry as files: entries and first records read in, later written out."""

from .gathering import ReadingOptions
from .importing import import_entries
from .inspecting import FileRefused
from .loading import LoadReport, load_registry
from .reporting import ImportReport, summary_lines
from .wording import CODES

__all__ = [
    "CODES",
    "FileRefused",
    "ImportReport",
    "LoadReport",
    "ReadingOptions",
    "import_entries",
    "load_registry",
    "summary_lines",
]
