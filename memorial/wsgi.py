"""The WSGI entry point for production servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")

application = get_wsgi_application()

# The tables of names are read now, so that the first visitor or editor does not wait for them.
from registry.names import given_names  # noqa: E402 (the application is set up first)

given_names("ivan")

# What stands in memory now stays as long as the process: to walk it once more, in the middle of
# somebody's request, took the collector a fifth of a second.
gc.collect()
gc.freeze()
