"""Why a file is not taken, in words: for whoever sends one and for whoever adds one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Any] = {
    "empty": _("The file is empty."),
    "too-large": _("The file has more than %(limit)s megabytes."),
    "too-many-pixels": _("The picture has more than %(limit)s megapixels."),
    "too-long": _("The picture is too long for its width."),
    "too-heavy": _("The picture takes too much to open. Save it anew, or smaller."),
    "moving": _("The picture moves. Send one that stands still."),
    "not-a-picture": _("Files of this kind are not taken here."),
    "unreadable": _("The file is damaged and cannot be read."),
    "not-stored": _("The file could not be stored. Nothing was changed; try again later."),
    "already-there": _("The same picture is there already."),
    "out-of-time": _("There was no time left to look at this one. Please choose it again."),
    "too-many-at-once": _("Ten are taken at a time. Please choose this one again."),
    "too-many-files": _("Forty pictures are the most in one submission. Please send this first."),
}
