"""The one Django app of the site."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Records of victims, of places, and of what each source says about them."""

    name = "registry"
    default_auto_field = "django.db.models.BigAutoField"
