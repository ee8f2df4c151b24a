"""Django's admin as the editors' desk."""
