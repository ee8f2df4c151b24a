"""How a server starts: what every request needs is in memory before the first of them."""

from __future__ import annotations

from tests.processes import output

STARTED = """
import gc, json
import memorial.wsgi
print(json.dumps(gc.get_freeze_count()))
"""


def test_what_is_read_at_the_start_is_not_walked_by_the_collector(databases: list[str]) -> None:
    # Django, the registry and its tables of names: some 95,000 objects.
    assert output(databases[0], STARTED) > 50_000
