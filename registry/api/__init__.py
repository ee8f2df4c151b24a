"""Read-only JSON over the same public objects as the pages."""

from .routes import api

__all__ = ["api"]
