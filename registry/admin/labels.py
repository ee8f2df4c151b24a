"""The fields of an entry and of a repression, named for the people at the desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELD_LABELS: dict[str, Any] = {
    "sex": _("Sex"),
    "birth": _("Born"),
    "birth_place": _("Place of birth"),
    "age": _("Age"),
    "nationality": _("Nationality"),
    "citizenship": _("Citizenship"),
    "social_origin": _("Social origin"),
    "education": _("Education"),
    "party": _("Party"),
    "category": _("Category"),
    "occupation": _("Occupation"),
    "residence": _("Residence"),
    "relatives": _("Relatives"),
    "death": _("Died"),
    "death_place": _("Place of death"),
    "death_cause": _("Cause of death"),
    "fate": _("Fate"),
    "burial": _("Burial"),
    "archive_file": _("Archive file"),
    "basis": _("Basis"),
    "comment": _("Comment"),
}
"""Facts about a person, by the names under which a source may be unreliable for them."""

SEXES: dict[str, Any] = {"m": _("man"), "f": _("woman")}
