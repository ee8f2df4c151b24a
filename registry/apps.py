"""The one Django app of the site."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Records of victims, of places, and of what each source says about them."""

    name = "registry"
    verbose_name = _("Registry of names")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the ledger know every kind of record there is: submissions tell theirs."""
        import_module("registry.submissions")
