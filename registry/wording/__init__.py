"""Codes of the records in words, in the language of whoever reads, on pages and at the desk."""
