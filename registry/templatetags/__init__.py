"""Template libraries: what templates say in words."""
