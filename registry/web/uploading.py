"""What comes in with a form is held on the disk no longer and no larger than it can be taken."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from registry.records.drafts.uploads import MEGABYTE, MOST_MEGABYTES
from registry.submissions.files import MOST_AT_ONCE

MOST_BYTES = MOST_MEGABYTES * MEGABYTE + 1
"""One more than is taken, by which it is seen that there was more."""


class Bounded(FileUploadHandler):
    """Drop the rest of a file that is too large, and all of those beyond the tenth.

    What is dropped is read to its end, so that the form around it arrives: the page says of each
    file why it was not taken.
    """

    files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count the files of the form."""
        super().new_file(*args, **kwargs)
        self.files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Return what the next handler gets of a piece of a file."""
        room = MOST_BYTES - start if self.files <= MOST_AT_ONCE else 0
        return raw_data[:room] if room > 0 else None

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
