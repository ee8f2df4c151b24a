"""The tests of the site; `python -m tests` runs them, on both databases."""
