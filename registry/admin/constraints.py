"""What the tables hold to, said in words at a field of a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
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

    def validate_constraints(self) -> None:
        """Tell each constraint that does not hold at its field, once."""
        exclude = self._get_validation_exclusions()
        for constraint in self.instance._meta.constraints:
            try:
                constraint.validate(type(self.instance), self.instance, exclude=exclude)
            except ValidationError as error:
                field, words = BROKEN.get(constraint.name, ("", ""))
                if not words:
                    self._update_errors(error)
                elif field not in self.errors:
                    self.add_error(field, words)
