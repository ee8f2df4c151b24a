"""Codes and their words."""

from django.utils.functional import Promise

Words = dict[str, Promise]
"""The words for each code, in the language of whoever reads when they are shown."""
