"""The browser of the machine: a conftest wins over the fixture of pytest-playwright."""

from tests.programs import browser_type_launch_args

__all__ = ["browser_type_launch_args"]
