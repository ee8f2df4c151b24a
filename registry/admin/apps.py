"""The admin as an installed app: our own site, and only what we register ourselves."""

from __future__ import annotations

from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig


class RegistryAdminConfig(SimpleAdminConfig):
    """Django's admin with the registry's site; nothing is discovered, so nothing slips in."""

    default_site = "registry.admin.site.RegistrySite"

    def ready(self) -> None:
        """Register the desk once all models are loaded."""
        super().ready()
        import_module("registry.admin.desk")
