"""The garbage collector rests during a batch, and afterwards is as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from registry.records.ledger.batching import collecting_by_batch


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


@pytest.mark.parametrize("was", [True, False])
def test_the_collector_rests_and_is_as_it_was(*, was: bool) -> None:
    (gc.enable if was else gc.disable)()
    with pytest.raises(ValueError, match="cut off"):
        _cut_off()
    assert gc.isenabled() is was


def _cut_off() -> None:
    with collecting_by_batch() as collect:
        assert not gc.isenabled()
        ring: list[object] = []
        ring.append(ring)
        del ring
        assert collect()
        raise ValueError("cut off")
