"""What the tables hold to, said in words at a field of a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

BROKEN: dict[str, tuple[str, Any]] = {
    "source_rank_on_ladder": ("rank", _("The rank is a number from 1 to 6.")),
    "memorialsite_coordinates_whole": (
        "latitude",
        _("A point has a latitude and a longitude."),
    ),
    "sitename_not_empty": ("name", _("This is needed.")),
    "sitefigure_has_a_bound": ("low", _("A figure runs from a lower number to a higher one.")),
    "sitefigure_in_order": ("low", _("A figure runs from a lower number to a higher one.")),
}
"""The checks of tables that no field of a form makes by itself, and where each is told."""


class WordedConstraints(forms.ModelForm):  # type: ignore[type-arg]  # not generic when run
    """A form that never shows the name of a constraint of its table."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Tell a check that does not hold at its field, once, and all else as it comes."""
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            broken = {
                one.get_violation_error_message(): BROKEN[one.name]
                for one in self.instance._meta.constraints
                if one.name in BROKEN
            }
            for one in error.error_dict.pop(NON_FIELD_ERRORS, []):
                where, words = broken.get(one.message, (None, one))
                if where not in self.errors:
                    super().add_error(where, words)
            if not error.error_dict:
                return
        super().add_error(field, error)
