"""Fields and codes of records, named for the people at the desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.models import LivingRule, Role, Standing, Vocabulary, Wish

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

VOCABULARIES: dict[str, Any] = {
    Vocabulary.NATIONALITY: _("Nationality"),
    Vocabulary.REGION: _("Region"),
    Vocabulary.OPERATION: _("Operation"),
    Vocabulary.SENTENCING_BODY: _("Sentencing body"),
    Vocabulary.SENTENCE_KIND: _("Kind of sentence"),
    Vocabulary.FATE: _("Fate"),
    Vocabulary.REHABILITATION_BODY: _("Rehabilitating body"),
    Vocabulary.VICTIM_CATEGORY: _("Category"),
    Vocabulary.ARTICLE: _("Article"),
    Vocabulary.PARTY: _("Party"),
    Vocabulary.ROLE: _("Role"),
    Vocabulary.LEGAL_STATUS: _("Legal status"),
    Vocabulary.FALSE_DEATH_PRACTICE: _("Practice of false deaths"),
}

ROLE_NAMES: dict[str, Any] = {
    Role.SYSTEM: _("System"),
    Role.MODERATOR: _("Moderator"),
    Role.EDITOR: _("Editor"),
    Role.ADMINISTRATOR: _("Administrator"),
}

STANDINGS: dict[str, Any] = {
    Standing.IN_USE: _("In use"),
    Standing.WITHDRAWN: _("Withdrawn"),
    Standing.REVERTED: _("Taken back"),
    Standing.ERASED: _("Erased"),
}

WISHES: dict[str, Any] = {
    Wish.PUBLIC: _("Show in full"),
    Wish.RESTRICTED: _("Show name, years, fate and source only"),
    Wish.BY_RULE: _("Let the rule about possibly living people decide"),
    Wish.SUPPRESSED: _("Suppress: nothing is told, not even why"),
}

LIVING_RULES: dict[str, Any] = {
    LivingRule.RESTRICT: _("Show name, years, fate and source only"),
    LivingRule.HOLD: _("Hold until an editor decides"),
}
